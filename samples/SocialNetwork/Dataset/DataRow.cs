using System.Globalization;

namespace Crdt.Samples.SocialNetwork.Dataset;

/// <summary>One row of a file.</summary>
/// <param name="Cells">Its cells as text.</param>
internal readonly record struct DataRow(string[] Cells)
{
    /// <summary>A cell of text. As in Kuzu's own import, an empty one is no value.</summary>
    public string? Text(int column) => Cells[column] is { Length: > 0 } text ? text : null;

    public long Int64(int column) => long.Parse(Cells[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    public int Int32(int column) => int.Parse(Cells[column], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
