namespace BtcAgent.Cli.Downloads;

/// <summary>Downloads a plan: months and days of the archive, and days that are not there yet from the REST API.</summary>
internal sealed class Download(WeightedClient client, Uri archive, Uri rest, string folder, TimeProvider time)
{
    private readonly ArchiveDownload _archive = new(client, archive, folder);
    private readonly RestDownload _rest = new(client, rest, folder, time);

    public async Task<DownloadedFiles> RunAsync(DownloadPlan plan, Action<string, double> report, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        List<DownloadedFile> files = [];
        var parts = plan.Parts().ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            report(plan.NameOf(parts[i]), (double)i / parts.Count);
            if (await _archive.GetAsync(plan.PathOf(parts[i]), cancellationToken) is { } file)
            {
                files.Add(file);
                continue;
            }

            foreach (var day in parts[i].Days())
            {
                files.Add((parts[i].IsMonth ? await _archive.GetAsync(plan.PathOf(day), cancellationToken) : null) ?? await _rest.GetAsync(plan, day, cancellationToken));
            }
        }

        return new DownloadedFiles(folder, files);
    }
}
