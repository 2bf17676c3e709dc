using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using BtcAgent.Research.Reports;
using BtcAgent.Testing;

namespace BtcAgent.Research.Tests.Reports;

/// <summary>The report for programs, and the run that a report can be made of again.</summary>
public sealed class GoldenReportTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    private static ReportContent Content => (ReportContent)new Specimen(Market.Btc, Market.Start).Of(typeof(ReportContent));

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Report_InFull_HasTheGoldenShape() =>
        GoldenFile.Check("Reports/JsonReport.json", Encoding.UTF8.GetString(JsonReport.Render(Content)));

    [Fact]
    public void Run_InFull_HasTheGoldenShapeAndIsReadFromIt()
    {
        RunFile.Write(_path, Content);
        var written = Unpacked();
        GoldenFile.Check("Reports/ReportContent.json", JsonNode.Parse(written)!.ToString());

        RunFile.Write(_path, RunFile.Read(_path));
        Assert.Equal(written, Unpacked());
    }

    private string Unpacked()
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(_path), CompressionMode.Decompress));
        return text.ReadToEnd();
    }
}
