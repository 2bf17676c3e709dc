using BtcAgent.Cli.Output;
using BtcAgent.Domain.Retraining;

namespace BtcAgent.Cli.Retraining;

/// <summary>Prints training jobs.</summary>
internal static class JobTable
{
    public static void Write(TextWriter text, IReadOnlyList<TrainingJob> jobs, int? width)
    {
        var table = new TextTable("job", "strategy", "state", "trigger", "requested", ">attempts", "model", "result");
        foreach (var job in jobs)
        {
            table.Add(
                job.Id,
                job.Strategy,
                Figures.Word(job.State),
                Figures.Word(job.Request.Trigger),
                $"{Figures.Time(job.QueuedAt)} by {job.Request.By}",
                Figures.Count(job.Attempts),
                job.Outcome?.ModelId ?? "",
                Result(job));
        }

        foreach (var line in table.Whole(width))
        {
            text.WriteLine(line);
        }
    }

    private static string Result(TrainingJob job)
    {
        if (job.State == TrainingJobState.Running)
        {
            return job.CancelledBy ?? (job.Progress is { } progress ? $"{Figures.Percent((decimal)progress.Share)} {progress.Step}" : "");
        }

        var used = job.Outcome?.Data is { } data
            ? $" ({Figures.Count(data.Rows)} samples, {Figures.Time(data.From)} to {Figures.Time(data.To)}, {Figures.Count(data.WarmUp + data.OtherSchema)} left out, {Figures.Count(data.Gaps)} gaps of {Figures.Number(data.GapSeconds, "0")} s)"
            : "";
        var searched = job.Outcome?.Findings is { } findings ? $" ({Figures.Count(findings.Trials)} trials, search {findings.Search})" : "";
        return $"{job.Outcome?.Reason ?? job.Request.Reason}{searched}{used}";
    }
}
