using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace TownReform.Silo.Api.Conventions;

/// <summary>Says which part of a request can't be read, and why. The framework's own messages name types of this program, which help
/// nobody.</summary>
internal static partial class RequestFaults
{
    private const string Body = "body";

    public static Task SayAsync(HttpContext http, BadHttpRequestException fault) =>
        fault switch
        {
            RequestFault told => http.SayAsync(told.StatusCode, told.Because, told.Name),
            { InnerException: JsonException json } => SayAsync(http, json),
            { StatusCode: StatusCodes.Status400BadRequest } => SayAsync(http, fault.Message),
            _ => http.SayAsync(fault.StatusCode),
        };

    private static Task SayAsync(HttpContext http, string message)
    {
        if (NotBound().Match(message) is { Success: true } bound)
        {
            var (name, value) = (JsonNamingPolicy.CamelCase.ConvertName(bound.Groups["name"].Value), Shown(bound.Groups["value"].Value));
            return http.SayAsync(
                StatusCodes.Status400BadRequest,
                new($"参数 {name} 不能是“{value}”。", $"Parameter {name} can't be '{value}'."),
                name
            );
        }

        if (NotGiven().Match(message) is not { Success: true } missing)
        {
            return http.SayAsync(StatusCodes.Status400BadRequest);
        }

        var given = JsonNamingPolicy.CamelCase.ConvertName(missing.Groups["name"].Value);
        return missing.Groups["where"].Value == Body
            ? http.SayAsync(
                StatusCodes.Status400BadRequest,
                new("请求没有正文；应为 JSON。", "The request has no body; it takes JSON."),
                Body
            )
            : http.SayAsync(StatusCodes.Status400BadRequest, new($"缺少参数 {given}。", $"Parameter {given} is missing."), given);
    }

    // What isn't JSON can't be read at all; JSON of another shape has a field that is wrong.
    private static Task SayAsync(HttpContext http, JsonException fault)
    {
        if (fault.InnerException is JsonException)
        {
            var (line, place) = ((fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1);
            return http.SayAsync(
                StatusCodes.Status400BadRequest,
                new($"正文第 {line} 行第 {place} 字节处不是有效的 JSON。", $"The body isn't JSON at line {line}, byte {place}."),
                Body
            );
        }

        var path = Path(fault.Path);
        if (Lacking().Match(fault.Message) is { Success: true } lacking)
        {
            var names = string.Join(
                ", ",
                Quoted().Matches(lacking.Groups["names"].Value).Select(found => Below(path, found.Groups["name"].Value))
            );
            return http.SayAsync(
                StatusCodes.Status422UnprocessableEntity,
                new($"缺少 {names}。", $"Missing: {names}."),
                names.Split(", ")[0]
            );
        }

        return Unmapped().Match(fault.Message) is { Success: true } unmapped && Member(path, unmapped.Groups["name"].Value) is var member
            ? http.SayAsync(StatusCodes.Status422UnprocessableEntity, new($"没有 {member} 这一项。", $"There is no {member} here."), member)
            : http.SayAsync(
                StatusCodes.Status422UnprocessableEntity,
                new($"{path} 的值不合要求（类型或取值不对）。", $"The value of {path} isn't right (its type, or what it may be)."),
                path
            );
    }

    private static string Path(string? path) => path?.TrimStart('$').TrimStart('.') is { Length: > 0 } inside ? Shown(inside) : Body;

    private static string Below(string path, string name) => path == Body ? name : $"{path}.{name}";

    // Where the path ends with the member already, it is not named twice.
    private static string Member(string path, string name) =>
        path == Shown(name) || path.EndsWith($".{Shown(name)}", StringComparison.Ordinal) ? path : Below(path, Shown(name));

    // What was sent is told back in part only.
    private static string Shown(string text) => text.Length <= Longest ? text : $"{text[..Longest]}…";

    private const int Longest = 80;

    [GeneratedRegex("^Failed to bind parameter \"(?:.* )?(?<name>\\w+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex NotBound();

    [GeneratedRegex("^Required parameter \"(?:.* )?(?<name>[\\w-]+)\" was not provided from (?<where>[\\w ]+)\\.$")]
    private static partial Regex NotGiven();

    [GeneratedRegex("missing required properties including: (?<names>'.+')")]
    private static partial Regex Lacking();

    [GeneratedRegex("'(?<name>[^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex("^The JSON property '(?<name>.*)' could not be mapped", RegexOptions.Singleline)]
    private static partial Regex Unmapped();
}
