using System.CommandLine;
using BtcAgent.Models.LightGbm.Native;
using BtcAgent.Testing;

namespace BtcAgent.Cli.Tests.Models;

/// <summary>Model texts from public bug reports: converted, and scored as native LightGBM scores the plain text.</summary>
public sealed class ModelTextCaseTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("btcagent-models-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("E-crlf")]
    [InlineData("E-parser-section")]
    [InlineData("E-split-gain-inf")]
    public void ModelConvert_Case_IsConvertedAndScoresAlike(string name)
    {
        var path = RecordedData.Require($"../cases/{name}/model.txt");
        var (output, error) = (new StringWriter(), new StringWriter());
        var arguments = new[] { "model", "convert", path, "--out", Path.Combine(_folder.FullName, "model.onnx") };

        var code = CommandTree.Invoke(arguments, new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });

        Assert.True(code == 0, error.ToString());
        Assert.Equal(Scores(RecordedData.Require("../cases/E-parser-section/model.txt")), Scores(path));
    }

    private static double[] Scores(string path)
    {
        const int Columns = 3;
        var random = new Random(5);
        var rows = new float[300 * Columns];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = (float)((random.NextDouble() * 4) - 2);
        }

        using var booster = Booster.FromText(File.ReadAllText(path));
        return booster.Predict(rows, Columns, PredictionKind.RawScore);
    }
}
