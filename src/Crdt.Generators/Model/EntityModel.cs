namespace Crdt.Generators.Model;

/// <summary>An annotated class that can be completed: a node, or a relationship where <paramref name="Source"/> is there.</summary>
/// <param name="Declaration">Where it is declared.</param>
/// <param name="DataName">Its name in the data and that of its table.</param>
/// <param name="Lane">The lane that it names; empty for the main one.</param>
/// <param name="UpdateWins">Whether an update wins over a concurrent deletion.</param>
/// <param name="Multiplicity">The name of a relationship's multiplicity; empty where it has none.</param>
/// <param name="OnEndDeleted">The name of a relationship's rule for deleted ends; empty where they hide it.</param>
/// <param name="IsObservable">Whether it tells of changed properties.</param>
/// <param name="State">The member that holds what merges.</param>
/// <param name="StateIsPublic">Whether that is a property that users see; it isn't where they have a member of that name.</param>
/// <param name="Layout">The name of the nested class that holds the descriptors.</param>
/// <param name="Key">A node's key or a relationship's discriminator.</param>
/// <param name="Source">The class that a relationship starts from.</param>
/// <param name="Target">The class that a relationship leads to.</param>
/// <param name="EndAccess">The accessibility of members that take objects of those classes: <c>public</c> where everyone can see these.</param>
/// <param name="Fields">What merges, ascending by number.</param>
/// <param name="Placeholders">Properties with mistakes, which are reported; they are implemented to keep the compiler quiet.</param>
/// <param name="Record">What only records have; null for a class.</param>
/// <param name="Listed">What schemas list: the class itself, then its ends.</param>
internal sealed record EntityModel(
    DeclarationModel Declaration,
    string DataName,
    string Lane,
    bool UpdateWins,
    string Multiplicity,
    string OnEndDeleted,
    bool IsObservable,
    string State,
    bool StateIsPublic,
    string Layout,
    KeyModel? Key,
    string? Source,
    string? Target,
    string EndAccess,
    EquatableArray<FieldModel> Fields,
    EquatableArray<PropertyModel> Placeholders,
    RecordModel? Record,
    EquatableArray<ListedModel> Listed);
