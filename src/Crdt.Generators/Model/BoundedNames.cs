namespace Crdt.Generators.Model;

/// <summary>The members that a class gets besides a bounded counter's property.</summary>
internal static class BoundedNames
{
    /// <summary>Who has which rights.</summary>
    public static string Rights(string property) => property.TrimStart('@') + "Rights";

    /// <summary>Asks for some.</summary>
    public static string Ask(string property) => "AskFor" + property.TrimStart('@');

    /// <summary>Gives some away.</summary>
    public static string Give(string property) => "Give" + property.TrimStart('@');
}
