using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Research.Optimization.Searches;
using BtcAgent.Storage.Files;

namespace BtcAgent.Silo.Training;

/// <summary>
/// The files of one job: what to train, the prepared data, the trials of a search, and the finished model. Each of them is complete or absent, whenever the
/// trainer is killed.
/// </summary>
internal sealed class TrainerFolder(string path)
{
    private const string ResultFile = "result.json";
    private const string ZipFile = "model.zip";
    private const string ReportFile = "report.html";

    public static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
    };

    private string DonePath => Path.Combine(path, "done");

    private string JobPath => Path.Combine(path, "job.json");

    public string FullPath { get; } = Path.GetFullPath(path);

    /// <summary>Samples with labels.</summary>
    public string DatasetPath => Path.Combine(path, "dataset.parquet");

    /// <summary>Their <see cref="PreparedData"/>.</summary>
    public string PreparedPath => Path.Combine(path, "prepared.json");

    /// <summary>Trials of the job's search.</summary>
    public string TrialsPath => Path.Combine(path, "trials.jsonl");

    /// <summary>Looks at untouched windows by all jobs: beside their folders, which are deleted in time.</summary>
    public string OpeningsPath => Path.Combine(Path.GetDirectoryName(FullPath)!, UntouchedOpenings.FileName);

    /// <summary>Copy of the history, where the agent's is in a bucket: a trainer has no network.</summary>
    public string HistoryPath => Path.Combine(FullPath, "history");

    public bool IsDone => Directory.Exists(DonePath);

    /// <summary>Whether an earlier attempt has prepared the samples.</summary>
    public bool IsPrepared => File.Exists(PreparedPath);

    /// <summary>Writes the job, unless an earlier attempt has. What another agent left under the same name is removed: its job was another one.</summary>
    public void WriteJob(TrainerJob job)
    {
        if (File.Exists(JobPath) && ReadJob().Request != job.Request)
        {
            Directory.Delete(path, recursive: true);
        }

        if (!File.Exists(JobPath))
        {
            AtomicFile.WriteAllBytes(JobPath, JsonSerializer.SerializeToUtf8Bytes(job, Json));
        }
    }

    /// <exception cref="InvalidDataException">There is no job, or it is damaged.</exception>
    public TrainerJob ReadJob() => Read<TrainerJob>(JobPath);

    /// <summary>Puts the finished training there in one step.</summary>
    /// <param name="result">Description of the training.</param>
    /// <param name="zip">The artefact; null when a search found nothing.</param>
    /// <param name="report">The page.</param>
    public void WriteDone(TrainerResult result, byte[]? zip, byte[] report)
    {
        List<(string Name, byte[] Content)> files = [(ReportFile, report), (ResultFile, JsonSerializer.SerializeToUtf8Bytes(result, Json))];
        if (zip is not null)
        {
            files.Insert(0, (ZipFile, zip));
        }

        AtomicFolder.Write(DonePath, files);
    }

    /// <summary>Reads the finished training and checks every hash. The artefact is null when a search found nothing.</summary>
    /// <exception cref="ModelRefusedException">It is incomplete or damaged; <see cref="Discard"/> it.</exception>
    public (TrainerResult Result, ModelArtefact? Artefact, byte[] Report) ReadDone()
    {
        try
        {
            var result = Read<TrainerResult>(Path.Combine(DonePath, ResultFile));
            return (result, ArtefactOf(result), File.ReadAllBytes(Path.Combine(DonePath, ReportFile)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ModelRefusedException($"the result of the training is incomplete: {e.Message}", e);
        }
    }

    /// <summary>Removes a damaged result, so that the next attempt makes it again.</summary>
    public void Discard() => Directory.Delete(DonePath, recursive: true);

    /// <summary>Removes the copy of the history: the job has ended.</summary>
    public void DeleteHistory()
    {
        if (Directory.Exists(HistoryPath))
        {
            Directory.Delete(HistoryPath, recursive: true);
        }
    }

    /// <summary>Removes the trials, so that the next search makes them again.</summary>
    public void DiscardTrials()
    {
        File.Delete(TrialsPath);
        File.Delete(TrialsPath + ".folds");
    }

    private ModelArtefact? ArtefactOf(TrainerResult result)
    {
        if (result.ModelId is null)
        {
            return result.Findings is null ? throw new ModelRefusedException($"{ResultFile} has neither a model nor the findings of a search") : null;
        }

        var zip = File.ReadAllBytes(Path.Combine(DonePath, ZipFile));
        var artefact = Convert.ToHexStringLower(SHA256.HashData(zip)) == result.ZipSha256
            ? ModelArtefact.ReadZip(zip)
            : throw new ModelRefusedException($"{ZipFile} of the training differs from the hash in {ResultFile}");
        return artefact.Id == result.ModelId && artefact.Hash == result.ModelHash
            ? artefact
            : throw new ModelRefusedException($"the training made model {result.ModelId}, but {ZipFile} contains {artefact.Id}");
    }

    internal static T Read<T>(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Json) ?? throw new InvalidDataException($"{path} is empty");
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            throw new InvalidDataException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
