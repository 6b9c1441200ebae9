using Crdt.Entities;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>What a transaction did that can be reckoned without merging anything.</summary>
/// <param name="Kind">What.</param>
/// <param name="Lane">In which lane, and so in which event.</param>
/// <param name="Entity">To which entity.</param>
/// <param name="Item">To which item of it.</param>
/// <param name="Amount">How much.</param>
internal readonly record struct Effect(EffectKind Kind, string Lane, EntityId Entity, string Item, long Amount);
