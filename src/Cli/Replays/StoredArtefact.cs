using System.Text.Json;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Storage.Postgres;

namespace BtcAgent.Cli.Replays;

/// <summary>The artefacts that a cluster keeps in PostgreSQL, a model grain's state each.</summary>
internal static class StoredArtefact
{
    /// <summary>The grain's name for its state, and that state's field.</summary>
    private const string StateName = "model";

    private const string Field = "Artefact";

    /// <exception cref="ReplayException">The database does not answer, has no such model, or has another of its id.</exception>
    public static ModelArtefact Find(string connectionString, Signal signal, CancellationToken cancellationToken)
    {
        IReadOnlyList<byte[]> states;
        try
        {
            states = PostgresStates.ReadAsync(connectionString, StateName, signal.ModelId, cancellationToken).GetAwaiter().GetResult();
        }
        catch (PostgresStoreException e)
        {
            throw new ReplayException(e.Message, ExitCodes.Environment);
        }

        return Choose(states, signal);
    }

    /// <param name="states">Of the grain of this id, one per service.</param>
    /// <param name="signal">Recorded.</param>
    /// <exception cref="ReplayException">None has the recorded hash.</exception>
    public static ModelArtefact Choose(IReadOnlyList<byte[]> states, Signal signal)
    {
        var others = new List<string>();
        foreach (var state in states)
        {
            try
            {
                var artefact = Read(state);
                if (artefact.Hash == signal.ModelHash)
                {
                    return artefact;
                }

                others.Add($"one of hash {artefact.Hash}");
            }
            catch (ModelRefusedException e)
            {
                others.Add($"one that is refused: {e.Message}");
            }
        }

        throw new ReplayException(
            $"it was decided by model {signal.ModelId} of hash {signal.ModelHash}; the cluster's PostgreSQL keeps "
            + (others.Count == 0 ? "no model of this id: is it the cluster's database?" : $"under this id {string.Join(" and ", others)}"));
    }

    private static ModelArtefact Read(byte[] state)
    {
        try
        {
            using var json = JsonDocument.Parse(state);
            return json.RootElement.TryGetProperty(Field, out var field) && field.ValueKind == JsonValueKind.String
                ? ModelArtefact.ReadZip(field.GetBytesFromBase64())
                : throw new ModelRefusedException("it holds no artefact");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new ModelRefusedException($"it is not readable: {e.Message}", e);
        }
    }
}
