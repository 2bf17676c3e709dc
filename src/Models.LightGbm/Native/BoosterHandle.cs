using System.Runtime.InteropServices;

namespace BtcAgent.Models.LightGbm.Native;

internal sealed class BoosterHandle : SafeHandle
{
    public BoosterHandle(nint handle)
        : base(nint.Zero, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle() => LightGbmApi.BoosterFree(handle) == 0;
}
