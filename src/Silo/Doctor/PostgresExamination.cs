using BtcAgent.History.Sinks.Timescale;
using BtcAgent.Silo.Cluster;
using BtcAgent.Silo.Settings;
using BtcAgent.Storage.Postgres;

namespace BtcAgent.Silo.Doctor;

/// <summary>The PostgreSQL servers of the cluster's state and of the history.</summary>
internal sealed class PostgresExamination : IExamination
{
    public string Name => "postgres";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var state = agent.Section<ClusterNodeOptions>(ClusterNodeOptions.Section).Postgres;
        if (agent.Settings.Role != NodeRole.All)
        {
            findings.Add(state.Length > 0
                ? await AskAsync(Name, state, cancellationToken)
                : Finding.Problem(Name, $"the role {agent.Settings.Role.ToString().ToLowerInvariant()} needs Cluster:Postgres", "set Cluster__Postgres in the environment"));
        }

        if (agent.Section<TimescaleOptions>(TimescaleOptions.Section).ConnectionString is { Length: > 0 } history)
        {
            findings.Add(await AskAsync("timescale", history, cancellationToken));
        }

        return findings;
    }

    private static async Task<Finding> AskAsync(string name, string connection, CancellationToken cancellationToken)
    {
        try
        {
            await using var probe = new PostgresProbe(connection);
            return await probe.AskAsync(cancellationToken) is { } problem
                ? Finding.Problem(name, problem, "start the server, or correct the connection string")
                : Finding.Ok(name, $"PostgreSQL {await probe.ReadVersionAsync(cancellationToken)} answers and accepts writes");
        }
        catch (PostgresStoreException e)
        {
            return Finding.Problem(name, e.Message, "correct the connection string");
        }
    }
}
