namespace Crdt.Samples.Stock;

[CrdtSchema("shop")]
public partial class ShopSchema;
