using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace TownReform.Grains.Simulation.Results;

/// <summary>Writes and reads <c>summary.json</c>: UTF-8, indented by two, properties in the order of the records, the same summary the same
/// bytes.</summary>
public static class SummaryJson
{
    /// <summary>Version of the shape; raised when a reader of the last one would be misled.</summary>
    public const int Schema = 2;

    /// <summary>Name of the file in a run's folder.</summary>
    public const string FileName = "summary.json";

    private static readonly SummaryContext Indented = Context(indented: true);
    private static readonly SummaryContext Compact = Context(indented: false);

    public static void Write(Stream to, RunSummary summary)
    {
        JsonSerializer.Serialize(to, summary, Indented.RunSummary);
        to.WriteByte((byte)'\n');
    }

    /// <summary>On one line, with <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> escaped: safe inside a script element of a page.</summary>
    public static byte[] WriteForPage(RunSummary summary) => JsonSerializer.SerializeToUtf8Bytes(summary, Compact.RunSummary);

    /// <param name="path">The file, or the folder of a run.</param>
    /// <exception cref="UnreadableSummaryException">The file isn't there, isn't a summary, or is of another schema; names file and
    /// field.</exception>
    public static RunSummary Read(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        try
        {
            using var from = File.OpenRead(file);
            return Checked(file, JsonSerializer.Deserialize(from, Indented.RunSummary));
        }
        catch (JsonException e)
        {
            var line = (e.LineNumber ?? 0) + 1;
            throw new UnreadableSummaryException(
                file,
                e.Path ?? "$",
                new(
                    $"第 {line} 行不是本程序所写 {FileName} 的内容",
                    $"line {line} is not what this program writes into {FileName}: {Said(e)}"
                ),
                e
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UnreadableSummaryException(
                file,
                "$",
                new("没有此文件，请给出一次运行的结果文件夹", "there is no such file; name the folder of a run"),
                e
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableSummaryException(file, "$", new("无法打开文件", "the file can't be opened"), e);
        }
    }

    // Without the path and places that the reader appends; they stand before it.
    private static string Said(JsonException e) =>
        e.Message.IndexOf(" Path: ", StringComparison.Ordinal) is var end and > 0 ? e.Message[..end] : e.Message;

    private static RunSummary Checked(string file, RunSummary? read) =>
        read switch
        {
            null => throw new UnreadableSummaryException(file, "$", new("没有内容", "there is no summary in it"), null),
            { Schema: not Schema } => throw new UnreadableSummaryException(
                file,
                "$.schema",
                new(
                    $"版本为 {read.Schema}，本程序读 {Schema}；请用本程序重新运行",
                    $"is {read.Schema}; this program reads {Schema}: run it again with this program"
                ),
                null
            ),
            _ => read,
        };

    private static SummaryContext Context(bool indented) =>
        new(
            new JsonSerializerOptions(SummaryContext.Default.Options)
            {
                WriteIndented = indented,
                NewLine = "\n",
                Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            }
        );
}

/// <summary>A summary can't be read. Says which file and which field, in both languages.</summary>
public sealed class UnreadableSummaryException(string file, string field, Words because, Exception? inner)
    : Exception($"{file}: {field}: {because.En}", inner)
{
    public string File { get; } = file;

    /// <summary>JSON path of the field.</summary>
    public string Field { get; } = field;

    public Words Because { get; } = new($"{file}：{field}：{because.Zh}", $"{file}: {field}: {because.En}");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true
)]
[JsonSerializable(typeof(RunSummary))]
internal sealed partial class SummaryContext : JsonSerializerContext;
