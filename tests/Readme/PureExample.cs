using Crdt;

internal static class PureExample
{
    public static void Run()
    {
        var phone = new Replica("phone");
        var laptop = new Replica("laptop");
        var a = new Person(phone, 1) { Email = "alice@a.com" };
        var b = Person.Decode(laptop, a.Encode());                        // a copy elsewhere; now both go on by themselves

        a.Stock -= 5;
        a.Tags.Add("new");
        b.Stock -= 3;
        b.Email = "alice@b.com";

        a.MergeDelta(b.TakeDelta());                                      // only what is news
        b.Merge(a);                                                       // or everything: the outcome is the same
        Console.WriteLine($"{a.Stock} {b.Stock} {a.Equals(b)}");          // -8 -8 True
    }
}
