using Crdt.Tests.Fuzz.Targets;

namespace Crdt.Tests.Fuzz.Inputs;

/// <summary>Makes inputs: mostly something real that is damaged, or two such spliced; sometimes mere chance, sometimes large ones.</summary>
internal static class InputMaker
{
    public static byte[] Make(Target target, Dice dice)
    {
        if (dice.OneIn(12)) return Seal(target, dice.Bytes(dice.Below(dice.Pick(16, 64, 400))), dice);
        var isLarge = target.Large.Length > 0 && dice.OneIn(200);
        var sample = dice.Pick<byte[]>(isLarge ? target.Large : target.Samples);
        // Damaged ones are mostly refused long before they take much.
        if (isLarge && dice.OneIn(3)) return sample;
        var input = dice.Below(8) switch
        {
            0 => Splice(sample, dice.Pick<byte[]>(target.Samples), dice),
            1 => Mutation.Of(Numbers(sample, dice), dice),
            2 or 3 => Numbers(sample, dice),
            _ => Mutation.Of(sample, dice),
        };
        return Seal(target, input, dice);
    }

    // With its checksum put right the damage gets past the first check.
    private static byte[] Seal(Target target, byte[] input, Dice dice) => target.Seal is { } seal && !dice.OneIn(8) ? seal(input) : input;

    private static byte[] Splice(byte[] left, byte[] right, Dice dice) => [.. left[..dice.Below(left.Length + 1)], .. right[dice.Below(right.Length + 1)..]];

    // Nothing becomes longer or shorter, so that lengths still agree and what is inside is read.
    private static byte[] Numbers(byte[] sample, Dice dice)
    {
        byte[] input = [.. sample];
        for (var i = 1 + dice.Below(2); i > 0 && input.Length > 0; i--)
        {
            ref var value = ref input[dice.Below(input.Length)];
            value = dice.Below(4) switch
            {
                0 => (byte)(value + 1),
                1 => (byte)(value - 1),
                2 => (byte)(value ^ (1 << dice.Below(8))),
                _ => dice.Pick<byte>(0, 1, 2, 0x7F, 0x80, 0xFF, (byte)dice.Next()),
            };
        }

        return input;
    }
}
