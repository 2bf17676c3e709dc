namespace BtcAgent.Domain.Snapshots;

/// <summary>
/// Saves its whole state, and loads it into an object made with the same settings, which then continues to the same bits. Each
/// class writes its own version first, and its settings where its state is meaningless under others. Adding a field to a class
/// means writing it and raising the version: an older state is then refused, never half read.
/// </summary>
public interface IStateful
{
    void Save(StateWriter writer);

    /// <exception cref="StateFormatException">Saved by another version, or with other settings; the object is then of no
    /// use.</exception>
    void Load(StateReader reader);
}
