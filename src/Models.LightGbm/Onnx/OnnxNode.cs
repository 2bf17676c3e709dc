using BtcAgent.Models.LightGbm.Onnx.Schema;

namespace BtcAgent.Models.LightGbm.Onnx;

/// <summary>Writes and reads nodes and their attributes; ONNX numbers the attributes' types.</summary>
internal static class OnnxNode
{
    private const int IntegerType = 2;
    private const int TensorType = 4;
    private const int IntegersType = 7;

    public static NodeProto Of(string type, string output, params string[] inputs)
    {
        var node = new NodeProto { OpType = type, Name = output };
        node.Input.AddRange(inputs);
        node.Output.Add(output);
        return node;
    }

    public static NodeProto With(this NodeProto node, string name, long value)
    {
        node.Attribute.Add(new AttributeProto { Name = name, I = value, Type = IntegerType });
        return node;
    }

    public static NodeProto With(this NodeProto node, string name, IEnumerable<long> values)
    {
        var attribute = new AttributeProto { Name = name, Type = IntegersType };
        attribute.Ints.AddRange(values);
        node.Attribute.Add(attribute);
        return node;
    }

    public static NodeProto With(this NodeProto node, TensorProto tensor)
    {
        node.Attribute.Add(new AttributeProto { Name = tensor.Name, T = tensor, Type = TensorType });
        return node;
    }

    public static AttributeProto? Attribute(this NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    /// <exception cref="InvalidDataException">The node has no such attribute.</exception>
    public static int[] Integers(this NodeProto node, string name) =>
        node.Attribute(name) is { } attribute
            ? [.. attribute.Ints.Select(value => checked((int)value))]
            : throw new InvalidDataException($"{node.OpType} has no {name}");

    /// <exception cref="InvalidDataException">The node has no such attribute.</exception>
    public static double[] Numbers(this NodeProto node, string name) =>
        node.Attribute(name)?.T is { } tensor
            ? OnnxTensor.Read(tensor)
            : throw new InvalidDataException($"{node.OpType} has no {name}");
}
