using System.Collections.Concurrent;
using BtcAgent.Domain.Models;
using BtcAgent.Models.LightGbm.Artefacts;

namespace BtcAgent.Models.LightGbm.Signals;

/// <summary>
/// Opens artefacts off the caller's thread. Models with the same hash share one session as long as any of them is
/// referenced; finalizers release it afterwards.
/// </summary>
public sealed class ForestLoader : IModelLoader
{
    private readonly ConcurrentDictionary<string, WeakReference<ServableForest>> _open = new(StringComparer.Ordinal);

    public Task<IServableModel> LoadAsync(ReadOnlyMemory<byte> artefact, CancellationToken cancellationToken) =>
        Task.Run<IServableModel>(() => Open(ModelArtefact.ReadZip(artefact)), cancellationToken);

    /// <exception cref="ModelRefusedException">The artefact cannot be served.</exception>
    public ServableForest Open(ModelArtefact artefact)
    {
        foreach (var (hash, reference) in _open)
        {
            if (!reference.TryGetTarget(out _))
            {
                _open.TryRemove(hash, out _);
            }
        }

        if (_open.TryGetValue(artefact.Hash, out var known) && known.TryGetTarget(out var open))
        {
            return open;
        }

        var forest = new ServableForest(artefact);
        _open[artefact.Hash] = new WeakReference<ServableForest>(forest);
        return forest;
    }
}
