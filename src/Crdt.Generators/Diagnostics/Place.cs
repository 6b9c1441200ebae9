using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Crdt.Generators.Diagnostics;

/// <summary>A location by value: the compiler's own keeps a whole syntax tree alive and equals none of another compilation.</summary>
internal sealed record Place(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static Place? Of(Location? location) =>
        location is { IsInSource: true } ? new(location.SourceTree!.FilePath, location.SourceSpan, location.GetLineSpan().Span) : null;

    public Location ToLocation() => Location.Create(Path, Span, Lines);
}
