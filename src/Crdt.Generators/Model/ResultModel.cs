namespace Crdt.Generators.Model;

/// <summary>A type that rows are read into.</summary>
/// <param name="Declaration">Where it is declared.</param>
/// <param name="Shown">What messages call it.</param>
/// <param name="IsMakeable">Whether there is a constructor; otherwise the mistake is told.</param>
/// <param name="Parameters">What its constructor takes, in its order.</param>
/// <param name="Properties">What is set beside that.</param>
internal sealed record ResultModel(
    DeclarationModel Declaration, string Shown, bool IsMakeable, EquatableArray<ResultMemberModel> Parameters, EquatableArray<ResultMemberModel> Properties);
