namespace BtcAgent.Grains.Storage;

/// <summary>Writing state so that memory never runs ahead of the store.</summary>
internal static class PersistentStateExtensions
{
    /// <summary>
    /// Writes; when that fails the activation ends, so that the next one starts from what is stored, and the
    /// caller sees the error.
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
