using System.Runtime.InteropServices;

namespace BtcAgent.Models.LightGbm.Native;

internal sealed class DatasetHandle : SafeHandle
{
    public DatasetHandle(nint handle)
        : base(nint.Zero, ownsHandle: true) => SetHandle(handle);

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle() => LightGbmApi.DatasetFree(handle) == 0;
}
