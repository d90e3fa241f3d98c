using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using TownReform.Silo.Identity;

namespace TownReform.Silo.Api.Conventions;

/// <summary>
/// The name that a client gives to one command (<c>Idempotency-Key</c>, IETF draft 7), so that a request which it sends again is not done
/// again. An endpoint that commands takes one as a parameter; without it the request is told so (400).
/// </summary>
/// <param name="Key">As it was sent, without the quotes of a structured header.</param>
internal sealed record IdempotencyKey(string Key) : IEndpointParameterMetadataProvider
{
    public const string Header = "Idempotency-Key",
        Answer = "Command-Id";

    /// <summary>Most characters of a key.</summary>
    public const int Longest = 255;

    private const int IdBytes = 16;

    // What separates account and key is in neither.
    private const char Between = '\n';

    /// <summary>
    /// The id of an account's command: the first 16 bytes of SHA-256 of account and key, marked as a UUID of version 8 (RFC 9562). Nobody
    /// meets another's answer by choosing their key.
    /// </summary>
    /// <param name="account">Id of the account, or of the key that stands for one.</param>
    public Guid CommandOf(string account)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{account}{Between}{Key}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..IdBytes], bigEndian: true);
    }

    // Under which id a command stands on the record, for whoever audits it.
    private IdempotencyKey Told(HttpContext http)
    {
        if (Requester.Of(http).AccountId is { } account)
        {
            http.Response.Headers[Answer] = CommandOf(account).ToString();
        }

        return this;
    }

    /// <exception cref="RequestFault">The header is missing, sent twice, or no key.</exception>
    public static ValueTask<IdempotencyKey?> BindAsync(HttpContext http, ParameterInfo parameter) =>
        http.Request.Headers[Header] is [{ } sent] ? new(Of(sent).Told(http)) : throw Wrong(http.Request.Headers[Header].Count > 0);

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(
            new SentHeader(Header, Required: true, "Any text of your own, new for each command; the same for the same one sent again.")
        );
        builder.Metadata.Add(new AnsweredHeader(null, Answer, "Id under which the command stands on the record."));
        builder.Metadata.Add(DeclaredProblem.Of(StatusCodes.Status400BadRequest));
    }

    private static IdempotencyKey Of(string sent)
    {
        var key = sent.Trim(' ', '\t');
        if (key is ['"', .. var inside, '"'])
        {
            // A string of structured headers (RFC 8941): a backslash stands before a quote and before itself.
            key = inside.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
        }

        return key.Length is > 0 and <= Longest && !key.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? new(key)
            : throw new RequestFault(
                StatusCodes.Status400BadRequest,
                Header,
                new(
                    $"请求头 {Header} 须为 1 至 {Longest} 个可见的 ASCII 字符。",
                    $"The header {Header} takes 1 to {Longest} visible ASCII characters."
                )
            );
    }

    private static RequestFault Wrong(bool twice) =>
        new(
            StatusCodes.Status400BadRequest,
            Header,
            twice
                ? new($"请求头 {Header} 只能有一个。", $"Send one header {Header} only.")
                : new(
                    $"缺少请求头 {Header}：每项办理须自带一个编号（如 UUID），重发时用同一编号，不会重复办理。",
                    $"The header {Header} is missing: each command carries a key of your own (such as a UUID). Sent again under the "
                        + "same key it is not done twice."
                )
        );
}
