namespace Crdt.Tests.Simulation.Model;

/// <summary>Two lanes, every kind of field and value, both rules of deletion, and each multiplicity and rule for deleted ends.</summary>
[CrdtSchema("simulation")]
public partial class SimulationSchema;
