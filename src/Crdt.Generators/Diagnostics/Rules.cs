using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Diagnostics;

/// <summary>Every mistake that the generator tells users of. Each has a page under <c>docs/rules</c> and a row in the release file.</summary>
/// <remarks>
/// They come from the generator rather than from an analyzer: a mistake here leaves partial properties without an
/// implementation, and at such an error the command-line compiler stops before it would run analyzers.
/// </remarks>
internal static class Rules
{
    public const string Category = "Crdt";

    public static readonly DiagnosticDescriptor ClassNotPartial = Error("CRDT001", "An annotated class has to be partial",
        "'{0}' is marked {1}, so it has to be declared partial");

    public static readonly DiagnosticDescriptor ContainerNotPartial = Error("CRDT002", "A type around an annotated class has to be partial",
        "'{0}' has to be declared partial, because the annotated class '{1}' is nested in it");

    public static readonly DiagnosticDescriptor UnsupportedClass = Error("CRDT003", "This kind of class can't be annotated",
        "'{0}' {1}; {2} takes {3}");

    public static readonly DiagnosticDescriptor NoKey = Error("CRDT004", "A node needs a key",
        "The node '{0}' has no key; mark one get-only property with [Key]");

    public static readonly DiagnosticDescriptor ManyKeys = Error("CRDT005", "A class has one key at most",
        "'{0}' has more than one key: '{1}' is marked [Key] as well");

    public static readonly DiagnosticDescriptor KeyNotReadOnly = Error("CRDT006", "A key never changes",
        "The key '{0}.{1}' has to be declared with a getter only: {{ get; }}");

    public static readonly DiagnosticDescriptor UnsupportedKey = Error("CRDT007", "A key is an integer, a string or a Guid",
        "The key '{0}.{1}' can't be of type {2}; a key is one of {3}, not nullable");

    public static readonly DiagnosticDescriptor PropertyNotPartial = Error("CRDT008", "An annotated property has to be implementable",
        "'{0}.{1}' {2}; an annotated property is declared as a partial instance property without bodies");

    public static readonly DiagnosticDescriptor WrongAccessors = Error("CRDT009", "A register or counter needs a getter and a setter",
        "'{0}.{1}' is marked {2}, so it needs both a getter and a setter: {{ get; set; }}");

    public static readonly DiagnosticDescriptor UnsupportedValue = Error("CRDT010", "The library has no codec for this type",
        "'{0}.{1}' can't hold a {2}; supported are {3}, and each of them as nullable");

    public static readonly DiagnosticDescriptor CounterNotLong = Error("CRDT011", "A counter is a long",
        "The counter '{0}.{1}' has to be of type long, not {2}");

    public static readonly DiagnosticDescriptor SetNotISet = Error("CRDT012", "An observed-remove set is a get-only ISet<T>",
        "The set '{0}.{1}' has to be declared as ISet<T> {{ get; }}, where T is not nullable and one of {2}");

    public static readonly DiagnosticDescriptor UnfitResolution = Error("CRDT013", "Resolve names a method that doesn't fit",
        "'{0}.{1}' is resolved by '{2}', so '{0}' needs the method: static {3} {2}(IReadOnlyList<Sibling<{3}>> siblings)");

    public static readonly DiagnosticDescriptor EndNotNode = Error("CRDT014", "A relationship connects nodes",
        "The relationship '{0}' connects '{1}', which is not marked [CrdtNode]");

    public static readonly DiagnosticDescriptor ManyAnnotations = Error("CRDT015", "A property has one role",
        "'{0}.{1}' is marked both {2} and {3}; keep one of them");

    public static readonly DiagnosticDescriptor SameFieldName = Error("CRDT016", "Two properties of a class have the same name in the data",
        "'{0}.{1}' and '{0}.{2}' can't be told apart in the data: {3}; give one of them another name with Name = \"…\"");

    public static readonly DiagnosticDescriptor SameTypeName = Error("CRDT017", "Two classes of a schema have the same name in the data",
        "'{0}' and '{1}' can't be told apart in the data: {2}; give one of them another name with Name = \"…\"");

    public static readonly DiagnosticDescriptor SameSchemaName = Error("CRDT018", "Two schemas have the same name",
        "'{0}' and '{1}' are both schemas of the graph \"{2}\"; keep one of them");

    public static readonly DiagnosticDescriptor InvalidName = Error("CRDT019", "A name in the data is an identifier",
        "\"{0}\" can't be the name of {1} in the data; it takes a letter or underscore, then letters, digits and underscores, 128 characters at most");

    public static readonly DiagnosticDescriptor NameTaken = Error("CRDT020", "The generator needs this name",
        "'{0}.{1}' has the name of a member that the generator adds to '{0}'; rename it");

    public static readonly DiagnosticDescriptor NotReachable = Error("CRDT021", "A schema can't list a class that it can't name",
        "The schema '{0}' lists all annotated classes, and '{1}' is hidden from it; make it internal, with all types around it");

    public static readonly DiagnosticDescriptor NotInAnnotatedClass = Error("CRDT022", "An annotated property has to be in an annotated class",
        "'{0}.{1}' is marked {2}, but '{0}' is marked neither [CrdtNode] nor [CrdtRel]");

    public static readonly DiagnosticDescriptor InvalidSchema = Error("CRDT023", "A schema has a name, and a version from 1",
        "The schema '{0}' {1}");

    public static readonly DiagnosticDescriptor UncopiableRecord = Error("CRDT024", "The generator copies records",
        "The record '{0}' {1}; the generator emits the copy constructor of a record, so that every copy merges on its own");

    public static readonly DiagnosticDescriptor EndNotRestorable = Error("CRDT025", "Only nodes for which updates win can be restored",
        "'{0}' restores the nodes that it connects, and for '{1}' deletes win; mark '{1}' with Deletion = Deletion.UpdateWins");

    public static readonly DiagnosticDescriptor FlagNotBool = Error("CRDT030", "A flag is a bool",
        "The flag '{0}.{1}' has to be of type bool, not {2}");

    public static readonly DiagnosticDescriptor WrongCollection = Error("CRDT031", "A collection that merges is get-only and of the type that its attribute says",
        "'{0}.{1}' is marked {2}, so it has to be declared as {3} {{ get; }}, of {4}; keys and elements are not nullable, and keys have an order");

    public static readonly DiagnosticDescriptor NoOrder = Error("CRDT032", "Only values with an order have a greatest and a least one",
        "'{0}.{1}' is resolved by {2}, and values of type {3} have no order");

    public static readonly DiagnosticDescriptor UnfitRecord = Error("CRDT033", "A record that is a value is plain",
        "'{0}.{1}' can't hold the record '{2}', which {3}");

    public static readonly DiagnosticDescriptor TwoResolutions = Error("CRDT034", "A register has one rule",
        "'{0}.{1}' names both a Rule and a method to Resolve; keep one of them");

    public static readonly DiagnosticDescriptor UnfitDigits = Error("CRDT035", "Digits are for decimals, 28 at most",
        "'{0}.{1}' {2}; [Decimal(precision, scale)] is for decimal properties marked [Lww], [Max] or [Min], with 1 to 28 digits, of which any number may follow the point");

    public static readonly DiagnosticDescriptor CounterWithMax = Error("CRDT036", "A counter can have a least value, and no greatest one",
        "'{0}.{1}' has a Max, which no counter can have; Min is the one bound that there is");

    public static readonly DiagnosticDescriptor UnfitUnique = Error("CRDT037", "Unique are registers of nodes whose last write wins",
        "'{0}.{1}' {2}; [Unique] is for properties of nodes marked [Lww] without a rule, of integers, text, bytes, Guid, dates, times and enums");

    public static readonly DiagnosticDescriptor FieldChanged = Configurable("CRDT040", DiagnosticSeverity.Error, "A field's data has changed since the baseline",
        "'{0}' was a {1} and is a {2}, so replicas with and without this change can't exchange data; give it another name in the data, with Name = \"…\"");

    public static readonly DiagnosticDescriptor TypeChanged = Configurable("CRDT041", DiagnosticSeverity.Error, "A class's data has changed since the baseline",
        "'{0}' was {1} and is {2}, so replicas with and without this change can't exchange data; give it another name in the data, with Name = \"…\"");

    public static readonly DiagnosticDescriptor GoneFromCode = Configurable("CRDT042", DiagnosticSeverity.Warning, "Something in the baseline is gone from the code",
        "The {0} is gone from the code; what others have written to it is still kept and passed on, but not seen. "
        + "If that is meant, 'dotnet build -p:CrdtWriteSchema=true' takes it out of the baseline.");

    public static readonly DiagnosticDescriptor BaselineOutOfDate = Configurable("CRDT043", DiagnosticSeverity.Warning, "The baseline is out of date",
        "The baseline doesn't have {0} yet, so changes to them go unnoticed; 'dotnet build -p:CrdtWriteSchema=true' adds them");

    public static readonly DiagnosticDescriptor MalformedBaseline = Configurable("CRDT044", DiagnosticSeverity.Error, "The baseline can't be read",
        "Line {0}: {1}; mend it, or write it anew with 'dotnet build -p:CrdtWriteSchema=true'");

    public static readonly DiagnosticDescriptor ShownInexactly = Configurable("CRDT045", DiagnosticSeverity.Info,
        "The graph database doesn't show every value of this type exactly",
        "'{0}.{1}' is a {2}, which {3} in the graph database; the replica keeps it as it is");

    public static readonly DiagnosticDescriptor NoResultMembers = Error("CRDT050", "A query's result is made by one constructor, or by setting properties",
        "'{0}' {1}; rows are read into the parameters of its primary or only constructor, and into the properties that can be set");

    public static readonly DiagnosticDescriptor UnsupportedColumn = Error("CRDT051", "Columns can't be read into this type",
        "'{0}.{1}' can't be read from a column into a {2}; supported are {3}");

    public static readonly DiagnosticDescriptor SameColumn = Error("CRDT052", "Two members of a query's result have the same column",
        "'{0}.{1}' and '{0}.{2}' are both read from the column \"{3}\", where case doesn't count; name another one with [Column(\"…\")]");

    private static readonly Dictionary<string, DiagnosticDescriptor> ById = new[]
    {
        ClassNotPartial, ContainerNotPartial, UnsupportedClass, NoKey, ManyKeys, KeyNotReadOnly, UnsupportedKey, PropertyNotPartial,
        WrongAccessors, UnsupportedValue, CounterNotLong, SetNotISet, UnfitResolution, EndNotNode, ManyAnnotations, SameFieldName,
        SameTypeName, SameSchemaName, InvalidName, NameTaken, NotReachable, NotInAnnotatedClass, InvalidSchema,
        UncopiableRecord, EndNotRestorable, FlagNotBool, WrongCollection, NoOrder, UnfitRecord, TwoResolutions, UnfitDigits, CounterWithMax, UnfitUnique,
        FieldChanged, TypeChanged, GoneFromCode, BaselineOutOfDate, MalformedBaseline, ShownInexactly,
        NoResultMembers, UnsupportedColumn, SameColumn,
    }.ToDictionary(rule => rule.Id);

    public static IEnumerable<DiagnosticDescriptor> All => ById.Values;

    public static DiagnosticDescriptor Find(string id) => ById[id];

    // Whoever switched one of these off would be left with properties that have no implementation.
    private static DiagnosticDescriptor Error(string id, string title, string message) => new(
        id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true,
        helpLinkUri: $"docs/rules/{id}.md", customTags: WellKnownDiagnosticTags.NotConfigurable);

    private static DiagnosticDescriptor Configurable(string id, DiagnosticSeverity severity, string title, string message) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"docs/rules/{id}.md");
}
