namespace Crdt.Samples.Browser.Model;

/// <summary>Where somebody lives: in one place. Who was moved to two, apart, lives in the one of the later move, and the other is in the inbox.</summary>
[CrdtRel(typeof(Person), typeof(Place), Name = "LIVES_IN", Multiplicity = Multiplicity.ManyOne)]
public sealed partial class LivesIn;
