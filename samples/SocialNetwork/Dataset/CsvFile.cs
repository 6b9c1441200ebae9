using System.Globalization;
using CsvHelper;

namespace Crdt.Samples.SocialNetwork.Dataset;

/// <summary>Reads a file of the data set row by row.</summary>
internal static class CsvFile
{
    /// <summary>
    /// Cells between bars. None of the data set's files quotes or escapes anything; should one ever, or should a row have a
    /// cell too many, it is an error and not a wrong value.
    /// </summary>
    private static readonly CsvReaderOptions Dialect = new()
    {
        Separator = '|',
        HasHeader = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    public static IEnumerable<DataRow> Read(string path)
    {
        using var reader = CsvReader.FromFile(path, Dialect);
        for (var isFirst = true; reader.Read(); isFirst = false)
        {
            var row = new DataRow(reader.Current.ToArray());
            if (!isFirst || !IsHeader(row)) yield return row;
        }
    }

    /// <summary>Some files begin with names such as <c>id:ID(Person)</c>; the second parts of relationships mostly don't. Every row begins with a number.</summary>
    private static bool IsHeader(DataRow first) => !long.TryParse(first.Cells[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);
}
