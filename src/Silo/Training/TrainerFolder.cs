using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Storage.Files;

namespace BtcAgent.Silo.Training;

/// <summary>
/// The files of one job: what to train, the prepared data, and the finished model. Each of them is complete or absent, whenever the
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

    public bool IsDone => Directory.Exists(DonePath);

    /// <summary>Writes the job, unless an earlier attempt has.</summary>
    public void WriteJob(TrainerJob job)
    {
        if (!File.Exists(JobPath))
        {
            AtomicFile.WriteAllBytes(JobPath, JsonSerializer.SerializeToUtf8Bytes(job, Json));
        }
    }

    /// <exception cref="InvalidDataException">There is no job, or it is damaged.</exception>
    public TrainerJob ReadJob() => Read<TrainerJob>(JobPath);

    /// <summary>Puts the finished model there in one step.</summary>
    public void WriteDone(TrainerResult result, byte[] zip, byte[] report) => AtomicFolder.Write(
        DonePath, [(ZipFile, zip), (ReportFile, report), (ResultFile, JsonSerializer.SerializeToUtf8Bytes(result, Json))]);

    /// <summary>Reads the finished model and checks every hash.</summary>
    /// <exception cref="ModelRefusedException">It is incomplete or damaged; <see cref="Discard"/> it.</exception>
    public (TrainerResult Result, ModelArtefact Artefact, byte[] Report) ReadDone()
    {
        try
        {
            var result = Read<TrainerResult>(Path.Combine(DonePath, ResultFile));
            var zip = File.ReadAllBytes(Path.Combine(DonePath, ZipFile));
            var artefact = Convert.ToHexStringLower(SHA256.HashData(zip)) == result.ZipSha256
                ? ModelArtefact.ReadZip(zip)
                : throw new ModelRefusedException($"{ZipFile} of the training differs from the hash in {ResultFile}");
            return artefact.Id == result.ModelId && artefact.Hash == result.ModelHash
                ? (result, artefact, File.ReadAllBytes(Path.Combine(DonePath, ReportFile)))
                : throw new ModelRefusedException($"the training made model {result.ModelId}, but {ZipFile} contains {artefact.Id}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new ModelRefusedException($"the result of the training is incomplete: {e.Message}", e);
        }
    }

    /// <summary>Removes a damaged result, so that the next attempt makes it again.</summary>
    public void Discard() => Directory.Delete(DonePath, recursive: true);

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
