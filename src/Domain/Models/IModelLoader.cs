namespace BtcAgent.Domain.Models;

/// <summary>Opens trained models. A model that is already open is shared by its hash.</summary>
public interface IModelLoader
{
    /// <param name="artefact">The artefact's zip.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="ModelRefusedException">Damaged, of an unknown kind, or not at parity.</exception>
    Task<IServableModel> LoadAsync(ReadOnlyMemory<byte> artefact, CancellationToken cancellationToken);
}
