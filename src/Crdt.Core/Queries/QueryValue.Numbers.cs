using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Crdt.Queries;

public static partial class QueryValue
{
    private const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>How many digits a <see cref="decimal"/> holds in any case.</summary>
    private const int DecimalDigits = 28;

    /// <summary>A number of any type: of one of another type that gives the same when it is converted back, or of text.</summary>
    /// <exception cref="OverflowException">The type can't hold it, or not exactly.</exception>
    public static T Number<T>(object? value)
        where T : struct, INumberBase<T> => Required(value) switch
        {
            T same => same,
            long number => Exact<long, T>(number),
            double number => Exact<double, T>(number),
            int number => Exact<int, T>(number),
            short number => Exact<short, T>(number),
            sbyte number => Exact<sbyte, T>(number),
            ulong number => Exact<ulong, T>(number),
            uint number => Exact<uint, T>(number),
            ushort number => Exact<ushort, T>(number),
            byte number => Exact<byte, T>(number),
            Int128 number => Exact<Int128, T>(number),
            float number => Exact<float, T>(number),
            decimal number => Exact<decimal, T>(number),
            string text => Parse<T>(text),
            JsonElement { ValueKind: JsonValueKind.Number } json => Parse<T>(json.GetRawText()),
            var other => throw Misfit<T>(other),
        };

    private static T Exact<TFrom, T>(TFrom value)
        where TFrom : struct, INumberBase<TFrom>
        where T : struct, INumberBase<T>
    {
        try
        {
            var converted = T.CreateChecked(value);
            if (TFrom.CreateChecked(converted) == value || (TFrom.IsNaN(value) && T.IsNaN(converted))) return converted;
        }
        catch (OverflowException)
        {
            // Said below, as of one that would be rounded.
        }

        throw Inexact<T>();
    }

    /// <summary>Text is what JSON and the columns of decimals have; of a binary fraction it gives the nearest, which is the one that was shown.</summary>
    private static T Parse<T>(string text)
        where T : struct, INumberBase<T>
    {
        try
        {
            var number = T.Parse(text, Styles, CultureInfo.InvariantCulture);
            var isCut = T.IsInfinity(number) ? text.Any(char.IsAsciiDigit) : number is decimal value && !IsWhole(text, value);
            return isCut ? throw Inexact<T>() : number;
        }
        catch (OverflowException)
        {
            throw Inexact<T>();
        }
    }

    // Parsing rounds what is longer than a decimal.
    private static bool IsWhole(string text, decimal value) =>
        text.Count(char.IsAsciiDigit) <= DecimalDigits || Digits(text) == Digits(value.ToString(CultureInfo.InvariantCulture));

    private static string Digits(string number)
    {
        var digits = number.TrimStart('+', '-').TrimStart('0');
        return digits.Contains('.') ? digits.TrimEnd('0').TrimEnd('.') : digits;
    }

    private static OverflowException Inexact<T>() => new($"{typeof(T).Name} doesn't have this number; it would be cut or rounded.");
}
