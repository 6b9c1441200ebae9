namespace Crdt.Tests.Properties.Codec;

/// <summary>Small damage to bytes, of the kinds that find holes in decoders.</summary>
internal static class Mutation
{
    public static byte[] Of(byte[] bytes, Dice dice)
    {
        var list = bytes.ToList();
        for (var i = 1 + dice.Below(3); i > 0; i--)
        {
            var at = dice.Below(list.Count + 1);
            switch (dice.Below(6))
            {
                case 0 when at < list.Count: list[at] ^= (byte)(1 << dice.Below(8)); break;
                case 1 when at < list.Count: list[at] = dice.Pick<byte>(0, 1, 2, 0x7F, 0x80, 0xFF); break;
                case 2: list.Insert(at, dice.Pick<byte>(0, 1, 0x80, 0xFF)); break;
                case 3 when at < list.Count: list.RemoveAt(at); break;
                case 4 when at < list.Count: list.RemoveRange(at, list.Count - at); break;
                case 5 when at < list.Count:
                    var length = Math.Min(list.Count - at, 1 + dice.Below(20));
                    list.InsertRange(dice.Below(list.Count + 1), list.GetRange(at, length));
                    break;
            }
        }

        return [.. list];
    }
}
