namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>Condition for the true branch. Source: nodes_modes of TreeEnsemble, ai.onnx.ml version 5.</summary>
internal enum BranchMode : byte
{
    LessOrEqual = 0,
    Member = 6,
}
