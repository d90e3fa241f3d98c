using OxyPlot;

namespace TownReform.Silo.Web.Simulate;

/// <summary>How much room text takes, without a font: the library's own measure knows Latin letters only, and gives Chinese none. It draws
/// nothing.</summary>
internal sealed class TextWidths : RenderContextBase
{
    // Of an em; a Chinese character is as wide as it is high.
    private const double Latin = 0.55,
        Chinese = 1,
        Line = 1.3;

    private const char FirstWide = '\u2E80';

    public override int ClipCount => 0;

    public override void PushClip(OxyRect clippingRectangle) { }

    public override void PopClip() { }

    public override OxySize MeasureText(string text, string? fontFamily = null, double fontSize = 10, double fontWeight = 500) =>
        string.IsNullOrEmpty(text)
            ? OxySize.Empty
            : new OxySize(text.Sum(letter => letter >= FirstWide ? Chinese : Latin) * fontSize, Line * fontSize);

    public override void DrawLine(
        IList<ScreenPoint> points,
        OxyColor stroke,
        double thickness,
        EdgeRenderingMode edgeRenderingMode,
        double[] dashArray,
        LineJoin lineJoin
    ) { }

    public override void DrawPolygon(
        IList<ScreenPoint> points,
        OxyColor fill,
        OxyColor stroke,
        double thickness,
        EdgeRenderingMode edgeRenderingMode,
        double[] dashArray,
        LineJoin lineJoin
    ) { }

    public override void DrawText(
        ScreenPoint p,
        string text,
        OxyColor fill,
        string fontFamily,
        double fontSize,
        double fontWeight,
        double rotation,
        HorizontalAlignment horizontalAlignment,
        VerticalAlignment verticalAlignment,
        OxySize? maxSize
    ) { }
}
