using Crdt;
using Crdt.Conflicts;

// Two devices take stock of one shop, each offline, and agree afterwards. No engine, no database.
var phone = new Replica("phone");
var tablet = new Replica("tablet");
var here = new Product(phone, "tea") { Name = "Tea" };
var there = Product.Decode(tablet, here.Encode());

here.Stock += 12;
here.Shelves.Add("A1");
here.Name = "Green tea";
there.Stock -= 5;
there.Shelves.Add("B7");
there.Steps.Add("heat to 80 °C");
there.Name = "Sencha";

here.MergeDelta(there.TakeDelta());
there.MergeDelta(here.TakeDelta());
Console.WriteLine($"stock {here.Stock}, shelves {string.Join(" ", here.Shelves.Order())}, then {here.Steps[0]}: {here.Equals(there)}");

var conflict = here.Conflicts.OfType<RegisterConflict>().Single();
Console.WriteLine(string.Join(" or ", conflict.Writes.Select(write => write.Value).Order()));
conflict.Settle(conflict.Writes.Single(write => (string?)write.Value == "Sencha"));
there.MergeDelta(here.TakeDelta());
Console.WriteLine($"{there.Name}, {there.Conflicts.Count} conflicts: {here.Equals(there)}");

[CrdtNode]
public partial class Product
{
    [Key] public partial string Code { get; }
    [Lww] public partial string Name { get; set; }
    [Counter] public partial long Stock { get; set; }
    [OrSet] public partial ISet<string> Shelves { get; }
    [OrderedList] public partial IList<string> Steps { get; }
}
