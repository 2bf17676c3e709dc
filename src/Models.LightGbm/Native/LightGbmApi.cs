using System.Runtime.InteropServices;

namespace BtcAgent.Models.LightGbm.Native;

/// <summary>
/// The used functions of LightGBM's C API. Each returns 0, or −1 with the reason in <see cref="GetLastError"/>. Source:
/// LightGBM 4.7, <c>include/LightGBM/c_api.h</c>.
/// </summary>
internal static unsafe partial class LightGbmApi
{
    public const string Library = "lib_lightgbm";

    public const int Float32 = 0;
    public const int RowMajor = 1;

    [LibraryImport(Library, EntryPoint = "LGBM_GetLastError")]
    public static partial byte* GetLastError();

    [LibraryImport(Library, EntryPoint = "LGBM_RegisterLogCallback")]
    public static partial int RegisterLogCallback(delegate* unmanaged[Cdecl]<byte*, void> callback);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetCreateFromMats", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DatasetCreateFromMats(
        int matrices, void** data, int type, int* rows, int columns, int* rowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int DatasetSetField(DatasetHandle dataset, string field, void* data, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetFeatureNames")]
    public static partial int DatasetSetFeatureNames(DatasetHandle dataset, byte** names, int count);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetFree")]
    public static partial int DatasetFree(nint dataset);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCreate", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BoosterCreate(DatasetHandle train, string parameters, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterLoadModelFromString")]
    public static partial int BoosterLoadModelFromString(byte* text, out int iterations, out nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFree")]
    public static partial int BoosterFree(nint booster);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterAddValidData")]
    public static partial int BoosterAddValidData(BoosterHandle booster, DatasetHandle validation);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterUpdateOneIter")]
    public static partial int BoosterUpdateOneIter(BoosterHandle booster, out int isFinished);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetCurrentIteration")]
    public static partial int BoosterGetCurrentIteration(BoosterHandle booster, out int iteration);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetNumFeature")]
    public static partial int BoosterGetNumFeature(BoosterHandle booster, out int features);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetEvalCounts")]
    public static partial int BoosterGetEvalCounts(BoosterHandle booster, out int count);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterGetEval")]
    public static partial int BoosterGetEval(BoosterHandle booster, int data, out int count, double* results);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterFeatureImportance")]
    public static partial int BoosterFeatureImportance(BoosterHandle booster, int iterations, int kind, double* results);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterSaveModelToString")]
    public static partial int BoosterSaveModelToString(
        BoosterHandle booster, int start, int iterations, int importance, long bufferBytes, out long bytes, byte* text);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterCalcNumPredict")]
    public static partial int BoosterCalcNumPredict(
        BoosterHandle booster, int rows, int kind, int start, int iterations, out long count);

    [LibraryImport(Library, EntryPoint = "LGBM_BoosterPredictForMat", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int BoosterPredictForMat(
        BoosterHandle booster, void* data, int type, int rows, int columns, int rowMajor, int kind, int start,
        int iterations, string parameters, out long count, double* results);

    /// <exception cref="LightGbmException"><paramref name="result"/> is not 0.</exception>
    public static void Check(int result)
    {
        if (result != 0)
        {
            throw new LightGbmException($"LightGBM: {Marshal.PtrToStringUTF8((nint)GetLastError())}");
        }
    }
}
