namespace Crdt;

/// <summary>
/// Has the graph database show a <see cref="decimal"/> as a number, rounded to so many digits, in place of text: it then is ordered and
/// compared as one. The replica keeps every value as it is. For properties marked <see cref="LwwAttribute"/>, <see cref="MaxAttribute"/> or
/// <see cref="MinAttribute"/>.
/// </summary>
/// <param name="precision">How many digits the column has, from 1 to 28. A value with more before the point is shown as NULL.</param>
/// <param name="scale">How many of them follow the point; halves are rounded away from zero.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DecimalAttribute(int precision, int scale) : Attribute
{
    /// <summary>How many digits the column has.</summary>
    public int Precision { get; } = precision;

    /// <summary>How many of them follow the point.</summary>
    public int Scale { get; } = scale;
}
