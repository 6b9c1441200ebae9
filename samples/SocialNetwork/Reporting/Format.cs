using System.Globalization;

namespace Crdt.Samples.SocialNetwork.Reporting;

/// <summary>Numbers as people read them.</summary>
internal static class Format
{
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Signed(long value) => value.ToString("+#,0;−#,0;0", CultureInfo.InvariantCulture);

    public static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("N1", CultureInfo.InvariantCulture)} s";

    public static string Milliseconds(TimeSpan time) => Count((long)time.TotalMilliseconds);

    public static string Megabytes(long bytes) => $"{(bytes / 1e6).ToString("N1", CultureInfo.InvariantCulture)} MB";

    public static string Rate(long count, TimeSpan time) => Count((long)(count / Math.Max(time.TotalSeconds, 0.001)));

    public static string Verdict(bool identical) => identical ? "identical: yes" : "identical: no";

    public static bool IsNumber(string cell) => decimal.TryParse(cell, NumberStyles.Number, CultureInfo.InvariantCulture, out _);
}
