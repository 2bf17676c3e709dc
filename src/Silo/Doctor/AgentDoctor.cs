using BtcAgent.Silo.Roles;
using BtcAgent.Silo.Settings;

namespace BtcAgent.Silo.Doctor;

/// <summary>
/// Examines an agent by its command line, before its start or while it runs: settings, data folder, machine, clock, servers, keys,
/// certificates and records.
/// </summary>
public static class AgentDoctor
{
    /// <summary>Longest time for one check; a server that does not answer within it is a finding.</summary>
    private static readonly TimeSpan CheckTimeMax = TimeSpan.FromSeconds(20);

    private static readonly IExamination[] Examinations =
    [
        new SettingsExamination(), new DataFolderExamination(), new DiskExamination(), new MachineExamination(), new PortExamination(),
        new ClockExamination(), new VenueKeyExamination(), new PostgresExamination(), new KafkaExamination(), new RedisExamination(),
        new InfluxExamination(), new ObjectStoreExamination(), new CertificateExamination(), new BackupExamination(), new StateExamination(),
        new FactLogExamination(), new HistoryExamination(), new AuditExamination(),
    ];

    /// <param name="arguments">The agent's command line, such as <c>--venue binance-live --data live</c>.</param>
    /// <param name="folder">Folder of the agent's <c>appsettings.json</c>; null for this program's.</param>
    /// <param name="time">The machine's clock.</param>
    /// <param name="cancellationToken">Ends the examination.</param>
    public static async Task<IReadOnlyList<Finding>> ExamineAsync(
        IReadOnlyList<string> arguments, string? folder, TimeProvider time, CancellationToken cancellationToken)
    {
        if (new AgentCommand().Read([.. arguments], out var problems) is not { } settings)
        {
            return [.. problems.Select(problem => Finding.Problem("command-line", problem, "correct the arguments after --; the agent refuses to start with them"))];
        }

        ExaminedAgent agent;
        try
        {
            var root = Path.GetFullPath(folder ?? AppContext.BaseDirectory);
            agent = new ExaminedAgent(settings, root, AgentConfiguration.Read(settings, root), time);
        }
        catch (InvalidDataException e)
        {
            var why = $"{e.Message} {e.GetBaseException().Message}".ReplaceLineEndings(" ");
            return [Finding.Problem("settings", why, "correct the file; the agent refuses to start with it")];
        }

        var findings = new List<Finding>();
        foreach (var examination in Examinations)
        {
            findings.AddRange(await RunAsync(examination, agent, cancellationToken));
        }

        return findings;
    }

    private static async Task<IReadOnlyList<Finding>> RunAsync(IExamination examination, ExaminedAgent agent, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(CheckTimeMax);
        try
        {
            return await examination.ExamineAsync(agent, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return [Finding.Problem(examination.Name, $"no result within {CheckTimeMax.TotalSeconds} s", "see whether the disk or the server hangs")];
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            var why = $"it cannot be checked: {e.GetBaseException().Message.ReplaceLineEndings(" ")}";
            return [Finding.Problem(examination.Name, why, "correct the settings first, or run it as the agent's user")];
        }
    }
}
