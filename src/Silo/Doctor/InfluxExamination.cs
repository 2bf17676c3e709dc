using BtcAgent.History.Metrics;

namespace BtcAgent.Silo.Doctor;

/// <summary>The InfluxDB server of the metrics.</summary>
internal sealed class InfluxExamination : IExamination
{
    public string Name => "influx";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var options = agent.Section<InfluxOptions>(InfluxOptions.Section);
        return options.Url.Length == 0
            ? []
            : await InfluxProbe.AskAsync(options, cancellationToken) is { } problem
                ? [Finding.Problem(Name, problem, "start the server, or correct History:Influx")]
                : [Finding.Ok(Name, $"InfluxDB at {options.Url} takes points")];
    }
}
