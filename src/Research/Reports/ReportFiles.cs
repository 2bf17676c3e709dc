using System.Text;
using BtcAgent.Storage.Files;

namespace BtcAgent.Research.Reports;

/// <summary>Writes a report's page, and its figures beside it.</summary>
public static class ReportFiles
{
    /// <param name="path">Path of the page; the figures get the extension <c>.json</c>.</param>
    /// <param name="content">Content of the report.</param>
    /// <param name="allRows">Writes every round trip and fill, instead of at most <see cref="JsonReport.RowsMax"/> of
    /// each.</param>
    public static void Write(string path, ReportContent content, bool allRows)
    {
        AtomicFile.WriteAllBytes(Path.ChangeExtension(path, ".json"), JsonReport.Render(content, allRows));
        AtomicFile.WriteAllBytes(path, Encoding.UTF8.GetBytes(HtmlReport.Render(content)));
    }
}
