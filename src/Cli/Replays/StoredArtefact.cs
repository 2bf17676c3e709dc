using System.Text.Json;
using BtcAgent.Cli.Output;
using BtcAgent.Domain.Models;
using BtcAgent.Domain.Signals;
using BtcAgent.Models.LightGbm.Artefacts;
using BtcAgent.Storage.Postgres;

namespace BtcAgent.Cli.Replays;

/// <summary>Finds artefacts that a cluster stores in PostgreSQL as the state of model grains.</summary>
internal static class StoredArtefact
{
    /// <summary>Name of the grain's state, and the field of the artefact.</summary>
    private const string StateName = "model";

    private const string Field = "Artefact";

    /// <exception cref="ReplayException">
    /// The database does not answer, lacks the model, or has a different one with its id.
    /// </exception>
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

    /// <param name="states">States of the grain with this id, one per service.</param>
    /// <param name="signal">The recorded signal.</param>
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

                others.Add($"one with hash {artefact.Hash}");
            }
            catch (ModelRefusedException e)
            {
                others.Add($"one that is refused: {e.Message}");
            }
        }

        throw new ReplayException(
            $"model {signal.ModelId} with hash {signal.ModelHash} decided; the cluster's PostgreSQL has "
            + (others.Count == 0 ? "no model of this id: is it the cluster's database?" : $"under this id {string.Join(" and ", others)}"));
    }

    private static ModelArtefact Read(byte[] state)
    {
        try
        {
            using var json = JsonDocument.Parse(state);
            return json.RootElement.TryGetProperty(Field, out var field) && field.ValueKind == JsonValueKind.String
                ? ModelArtefact.ReadZip(field.GetBytesFromBase64())
                : throw new ModelRefusedException("it contains no artefact");
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new ModelRefusedException($"it is not readable: {e.Message}", e);
        }
    }
}
