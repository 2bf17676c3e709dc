using BtcAgent.Models.LightGbm.Forests;
using BtcAgent.Models.LightGbm.Onnx.Schema;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>
/// Writes the nodes from raw scores to predictions, in double. Builds the logistic function from exp, which keeps the
/// digits of small probabilities in any runtime.
/// </summary>
internal sealed class PredictionWriter(GraphProto graph, string output)
{
    public void Write(Forest forest, string raw)
    {
        if (forest.AveragesOutput)
        {
            Add("Div", "average", raw, Constant("iterations", forest.Iterations));
            raw = "average";
        }

        switch (forest.Transform)
        {
            case OutputTransform.Sigmoid:
                Add("Mul", "negated", raw, Constant("slope", -forest.Objective.Sigmoid));
                Add("Exp", "odds_against", "negated");
                Add("Add", "inverse", "odds_against", Constant("one", 1));
                Add("Div", output, "one", "inverse");
                break;
            case OutputTransform.Softmax:
                graph.Node.Add(OnnxNode.Of("Softmax", output, raw).With("axis", 1));
                break;
            case OutputTransform.Exponential:
                Add("Exp", output, raw);
                break;
            case OutputTransform.SignedSquare:
                Add("Abs", "absolute", raw);
                Add("Mul", output, raw, "absolute");
                break;
            case OutputTransform.SoftPlus:
                WriteSoftPlus(raw);
                break;
            default:
                Add("Identity", output, raw);
                break;
        }
    }

    // log(1 + e) = log(u) · e / (u - 1) with u = 1 + e keeps all digits of small e. Source: Kahan, in Goldberg 1991,
    // theorem 4. Beyond 30 the result is x itself; e is capped there, since ∞ / ∞ is not a number.
    private void WriteSoftPlus(string raw)
    {
        Add("Min", "capped", raw, Constant("cap", 40));
        Add("Exp", "e", "capped");
        Add("Add", "u", "e", Constant("one", 1));
        Add("Sub", "above_one", "u", "one");
        Add("Log", "log_u", "u");
        Add("Mul", "scaled", "log_u", "e");
        Add("Div", "quotient", "scaled", "above_one");
        Add("Equal", "is_tiny", "above_one", Constant("nothing", 0));
        Add("Where", "small", "is_tiny", "e", "quotient");
        Add("Greater", "is_large", raw, Constant("large", 30));
        Add("Where", output, "is_large", raw, "small");
    }

    private void Add(string type, string result, params string[] inputs) =>
        graph.Node.Add(OnnxNode.Of(type, result, inputs));

    private string Constant(string name, double value)
    {
        graph.Initializer.Add(OnnxTensor.Of(name, OnnxTensor.Double, [value]));
        return name;
    }
}
