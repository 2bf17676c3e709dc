using BtcAgent.History.Files;
using BtcAgent.History.Queries;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Silo.Doctor;

/// <summary>The files of the history against their manifests.</summary>
internal sealed class HistoryExamination : IExamination
{
    private const int NamesShown = 3;

    public string Name => "history";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var options = agent.Section<ParquetOptions>(ParquetOptions.Section);
        var folder = options.Store.Path ?? Path.Combine(agent.DataFolder, "history");
        if (!options.Enabled || options.Store.Kind != ObjectStoreKind.Folder || !Directory.Exists(folder))
        {
            return [];
        }

        try
        {
            return [await CheckAsync(folder, cancellationToken)];
        }
        catch (HistoryException e)
        {
            return [Finding.Problem(Name, e.Message, "see History:Parquet:Store")];
        }
    }

    private async Task<Finding> CheckAsync(string folder, CancellationToken cancellationToken)
    {
        var files = await HistoryFiles.ReadAsync(folder, cancellationToken);
        var problems = await HistoryCheck.RunAsync(files, files.Datasets, progress: null, cancellationToken);
        return problems.Count == 0
            ? Finding.Ok(Name, $"{files.Readable.Sum(dataset => files.ManifestOf(dataset).Files.Count)} files are as their manifests describe them")
            : Finding.Problem(Name, $"{problems.Count} damaged: {string.Join("; ", problems.Take(NamesShown))}", "put back copies of them; 'btcagent data check' lists all");
    }
}
