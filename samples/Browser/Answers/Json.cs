using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Crdt.Samples.Browser.Answers;

/// <summary>Answers in JSON, without reflection, which a trimmed program doesn't have.</summary>
internal static class Json
{
    public static AnswerTypes Types => AnswerTypes.Default;

    public static string Write<T>(T answer, JsonTypeInfo<T> type) => JsonSerializer.Serialize(answer, type);
}

/// <summary>What can be answered; the page has the same in <c>web/src/answers.ts</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StateAnswer))]
[JsonSerializable(typeof(GraphAnswer))]
[JsonSerializable(typeof(TableAnswer))]
[JsonSerializable(typeof(ConflictAnswer[]))]
[JsonSerializable(typeof(InsideAnswer))]
internal sealed partial class AnswerTypes : JsonSerializerContext;
