namespace BtcAgent.Grains.Storage;

/// <summary>Writes state so that memory never runs ahead of the store.</summary>
internal static class PersistentStateExtensions
{
    /// <summary>
    /// Writes the state. A failure ends the activation, so that the next one starts from the stored state, and is rethrown
    /// to the caller.
    /// </summary>
    public static async Task WriteOrDeactivate<TState>(this IPersistentState<TState> state, IGrainBase grain)
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }
    }
}
