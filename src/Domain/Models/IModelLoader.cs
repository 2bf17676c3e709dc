namespace BtcAgent.Domain.Models;

/// <summary>Opens trained models. Models with the same hash share one instance.</summary>
public interface IModelLoader
{
    /// <param name="artefact">The artefact's zip.</param>
    /// <param name="cancellationToken">Cancels the loading.</param>
    /// <exception cref="ModelRefusedException">The artefact is damaged, of an unknown kind, or fails the conversion
    /// check.</exception>
    Task<IServableModel> LoadAsync(ReadOnlyMemory<byte> artefact, CancellationToken cancellationToken);
}
