using System.Text;
using QRCoder;

namespace TownReform.Silo.Papers;

/// <summary>QR codes as pictures within a page.</summary>
internal static class QrCode
{
    private const int DotsEach = 4;

    /// <summary>A <c>data:</c> address of the picture (SVG), which the pages' strict policy lets in.</summary>
    public static string Picture(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return $"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(code.GetGraphic(DotsEach)))}";
    }
}
