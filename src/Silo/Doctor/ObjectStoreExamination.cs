using BtcAgent.History.Files;
using BtcAgent.Storage.Backups;
using BtcAgent.Storage.Objects;

namespace BtcAgent.Silo.Doctor;

/// <summary>The S3 servers of backups and history. Folders are part of the data folder's check.</summary>
internal sealed class ObjectStoreExamination : IExamination
{
    private const int AnswerSecondsMax = 10;

    public string Name => "s3";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(ExaminedAgent agent, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var (backup, parquet) = (agent.Section<BackupOptions>(BackupOptions.Section), agent.Section<ParquetOptions>(ParquetOptions.Section));
        foreach (var (name, isOn, store) in new[] { ("s3-backup", backup.Enabled, backup.Store), ("s3-history", parquet.Enabled, parquet.Store) })
        {
            if (isOn && store.Kind == ObjectStoreKind.S3)
            {
                findings.Add(await AskAsync(name, store, agent.DataFolder, cancellationToken));
            }
        }

        return findings;
    }

    private static async Task<Finding> AskAsync(string name, ObjectStoreOptions options, string folder, CancellationToken cancellationToken)
    {
        // The agent is patient with its server; a person waits for this answer.
        options.TimeoutSeconds = Math.Min(options.TimeoutSeconds, AnswerSecondsMax);
        options.RetriesMax = 0;
        try
        {
            using var store = ObjectStores.Open(options, folder);
            var conditions = await store.ProbeAsync(cancellationToken);
            return Finding.Ok(name, $"{store.Place} can be written; {conditions.Describe()}");
        }
        catch (ObjectStoreException e)
        {
            return Finding.Problem(name, e.Message, "start the server, create the bucket, or correct its settings");
        }
    }
}
