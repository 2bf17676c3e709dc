using System.Text;
using BtcAgent.Storage.Files;

namespace BtcAgent.Research.Reports;

/// <summary>Writes a report's page, and its figures beside it.</summary>
public static class ReportFiles
{
    private const int HeadLength = 8_192;

    /// <summary>Path of the figures of a page.</summary>
    public static string FiguresOf(string path) => Path.ChangeExtension(path, ".json");

    /// <summary>True for a page that <see cref="Write"/> wrote.</summary>
    public static bool IsPage(string path) =>
        Head(path) is var head && head.StartsWith(HtmlReport.Beginning, StringComparison.Ordinal)
        && head.Contains($"</title>\n<style>{ReportStyle.Css}"[..64], StringComparison.Ordinal);

    /// <summary>True for figures that <see cref="Write"/> wrote.</summary>
    public static bool IsFigures(string path) =>
        Head(path) is var head && head.StartsWith("{\n  \"verdict\": ", StringComparison.Ordinal) && head.Contains("\n  \"title\": ", StringComparison.Ordinal);

    private static string Head(string path)
    {
        if (!File.Exists(path))
        {
            return "";
        }

        using var file = File.OpenRead(path);
        var bytes = new byte[HeadLength];
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
    }

    /// <param name="path">Path of the page; the figures get the extension <c>.json</c>.</param>
    /// <param name="content">Content of the report.</param>
    /// <param name="allRows">Writes every round trip and fill, instead of at most <see cref="JsonReport.RowsMax"/> of
    /// each.</param>
    public static void Write(string path, ReportContent content, bool allRows)
    {
        AtomicFile.WriteAllBytes(FiguresOf(path), JsonReport.Render(content, allRows));
        AtomicFile.WriteAllBytes(path, Encoding.UTF8.GetBytes(HtmlReport.Render(content)));
    }
}
