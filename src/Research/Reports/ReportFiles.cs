using System.Text;
using BtcAgent.Storage.Files;

namespace BtcAgent.Research.Reports;

/// <summary>Writes a report's page, and its figures beside it.</summary>
public static class ReportFiles
{
    /// <param name="path">Of the page; the figures get the extension <c>.json</c>.</param>
    /// <param name="content">To show.</param>
    public static void Write(string path, ReportContent content)
    {
        AtomicFile.WriteAllBytes(Path.ChangeExtension(path, ".json"), JsonReport.Render(content));
        AtomicFile.WriteAllBytes(path, Encoding.UTF8.GetBytes(HtmlReport.Render(content)));
    }
}
