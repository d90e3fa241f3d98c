using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TownReform.Silo.Web;

/// <summary>
/// The stylesheet and the script, embedded in the silo. Their names carry a hash of their content, so that a browser may keep them for
/// ever; files beside the silo would answer a compressed request with nothing when it wasn't published.
/// </summary>
public static class PageAssets
{
    private static readonly FrozenDictionary<string, Asset> All = new[] { "site.css", "site.js", "icon.svg" }
        .Select(Read)
        .ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    /// <summary>Path of an asset, such as <c>/assets/3f…-site.css</c>.</summary>
    public static string Path(string name) => All[name].Path;

    public static void Map(IEndpointRouteBuilder app)
    {
        foreach (var asset in All.Values)
        {
            app.MapGet(asset.Path, http => SendAsync(http, asset)).ExcludeFromDescription();
        }
    }

    private static async Task SendAsync(HttpContext http, Asset asset)
    {
        var response = http.Response;
        response.ContentType = asset.ContentType;
        response.Headers.CacheControl = "public, max-age=31536000, immutable";
        response.Headers.Vary = "Accept-Encoding";
        var isCompressed = http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase);
        if (isCompressed)
        {
            response.Headers.ContentEncoding = "br";
        }

        var body = isCompressed ? asset.Compressed : asset.Plain;
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static Asset Read(string name)
    {
        using var source = typeof(PageAssets).Assembly.GetManifestResourceStream($"Web/{name}")!;
        using var plain = new MemoryStream();
        source.CopyTo(plain);
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            brotli.Write(plain.ToArray());
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(plain.ToArray()))[..12];
        return new Asset(name, $"/assets/{hash}-{name}", TypeOf(name), plain.ToArray(), compressed.ToArray());
    }

    private static string TypeOf(string name) =>
        System.IO.Path.GetExtension(name) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            _ => "image/svg+xml",
        };

    private sealed record Asset(string Name, string Path, string ContentType, byte[] Plain, byte[] Compressed);
}
