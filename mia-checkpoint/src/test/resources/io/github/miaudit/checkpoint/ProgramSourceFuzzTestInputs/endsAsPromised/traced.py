class BertForMaskedLM(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  bert : __torch__.transformers.models.bert.modeling_bert.BertModel
  cls : __torch__.transformers.models.bert.modeling_bert.BertOnlyMLMHead
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertForMaskedLM,
    ids: Tensor,
    mask: Tensor) -> Tensor:
    bert = self.bert
    embeddings = bert.embeddings
    word_embeddings = embeddings.word_embeddings
    weight = word_embeddings.weight
    cls = self.cls
    bert0 = self.bert
    _0 = (cls).forward(weight, (bert0).forward(ids, mask, ), )
    return _0
class BertModel(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  embeddings : __torch__.transformers.models.bert.modeling_bert.BertEmbeddings
  encoder : __torch__.transformers.models.bert.modeling_bert.BertEncoder
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertModel,
    ids: Tensor,
    mask: Tensor) -> Tensor:
    encoder = self.encoder
    embeddings = self.embeddings
    _1 = (embeddings).forward(ids, )
    attention_mask = torch.to(mask, torch.device("cpu"), 11)
    q_length = ops.prim.NumToTensor(torch.size(_1, 1))
    _2 = int(q_length)
    _3 = annotate(number, q_length)
    kv_length = ops.prim.NumToTensor(torch.size(attention_mask, 1))
    _4 = int(kv_length)
    _5 = annotate(number, kv_length)
    batch_size = ops.prim.NumToTensor(torch.size(_1, 0))
    _6 = int(batch_size)
    batch_indices = torch.arange(annotate(number, batch_size), dtype=None, layout=None, device=torch.device("cpu"), pin_memory=False)
    _7 = torch.arange(_3, dtype=None, layout=None, device=torch.device("cpu"), pin_memory=False)
    q_indices = torch.add(_7, CONSTANTS.c0)
    _8 = torch.arange(_5, dtype=None, layout=None, device=torch.device("cpu"), pin_memory=False)
    kv_indices = torch.add(_8, CONSTANTS.c0)
    _9 = torch.slice(batch_indices, 0, 0, 9223372036854775807)
    _10 = torch.unsqueeze(torch.unsqueeze(_9, 1), 2)
    batch_idx = torch.unsqueeze(_10, 3)
    _11 = torch.unsqueeze(torch.unsqueeze(q_indices, 0), 1)
    _12 = torch.slice(_11, 2, 0, 9223372036854775807)
    q_idx = torch.unsqueeze(_12, 3)
    _13 = torch.unsqueeze(torch.unsqueeze(kv_indices, 0), 1)
    kv_idx = torch.slice(torch.unsqueeze(_13, 2), 3, 0, 9223372036854775807)
    result = torch.new_ones(q_idx, annotate(List[int], []), dtype=11, layout=None, device=None, pin_memory=False)
    _14 = torch.to(torch.ge(q_idx, 0), dtype=11, layout=0, device=torch.device("cpu"))
    result0 = torch.__and__(result, _14)
    _15 = annotate(List[Optional[Tensor]], [batch_idx, kv_idx])
    _16 = torch.to(torch.index(attention_mask, _15), dtype=11, layout=0, device=torch.device("cpu"))
    attention_mask0 = torch.__and__(result0, _16)
    attention_mask1 = torch.expand(attention_mask0, [_6, -1, _2, _4])
    _17 = (encoder).forward(_1, attention_mask1, )
    return _17
class BertEmbeddings(Module):
  __parameters__ = []
  __buffers__ = ["position_ids", "token_type_ids", ]
  position_ids : Tensor
  token_type_ids : Tensor
  training : bool
  _is_full_backward_hook : Optional[bool]
  word_embeddings : __torch__.torch.nn.modules.sparse.Embedding
  position_embeddings : __torch__.torch.nn.modules.sparse.___torch_mangle_0.Embedding
  token_type_embeddings : __torch__.torch.nn.modules.sparse.___torch_mangle_1.Embedding
  LayerNorm : __torch__.torch.nn.modules.normalization.LayerNorm
  dropout : __torch__.torch.nn.modules.dropout.Dropout
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertEmbeddings,
    ids: Tensor) -> Tensor:
    dropout = self.dropout
    LayerNorm = self.LayerNorm
    position_embeddings = self.position_embeddings
    token_type_embeddings = self.token_type_embeddings
    word_embeddings = self.word_embeddings
    token_type_ids = self.token_type_ids
    position_ids = self.position_ids
    batch_size = ops.prim.NumToTensor(torch.size(ids, 0))
    _18 = int(batch_size)
    seq_length = ops.prim.NumToTensor(torch.size(ids, 1))
    _19 = int(seq_length)
    _20 = int(torch.add(seq_length, CONSTANTS.c0))
    _21 = torch.slice(position_ids, 0, 0, 9223372036854775807)
    position_ids0 = torch.slice(_21, 1, 0, _20)
    _22 = ops.prim.NumToTensor(torch.size(position_ids0, 0))
    buffered_token_type_ids = torch.expand(token_type_ids, [int(_22), -1])
    buffered_token_type_ids0 = torch.gather(buffered_token_type_ids, 1, position_ids0)
    input = torch.expand(buffered_token_type_ids0, [_18, _19])
    _23 = (word_embeddings).forward(ids, )
    _24 = (token_type_embeddings).forward(input, )
    embeddings = torch.add(_23, _24)
    _25 = (position_embeddings).forward(position_ids0, )
    input0 = torch.add(embeddings, _25)
    _26 = (dropout).forward((LayerNorm).forward(input0, ), )
    return _26
class BertEncoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  layer : __torch__.torch.nn.modules.container.ModuleList
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertEncoder,
    argument_1: Tensor,
    attention_mask: Tensor) -> Tensor:
    layer = self.layer
    _0 = getattr(layer, "0")
    _27 = (_0).forward(argument_1, attention_mask, )
    return _27
class BertLayer(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  attention : __torch__.transformers.models.bert.modeling_bert.BertAttention
  intermediate : __torch__.transformers.models.bert.modeling_bert.BertIntermediate
  output : __torch__.transformers.models.bert.modeling_bert.BertOutput
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertLayer,
    argument_1: Tensor,
    attention_mask: Tensor) -> Tensor:
    output = self.output
    intermediate = self.intermediate
    attention = self.attention
    _28 = (attention).forward(argument_1, attention_mask, )
    _29 = (output).forward((intermediate).forward(_28, ), _28, )
    return _29
class BertAttention(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  self : __torch__.transformers.models.bert.modeling_bert.BertSelfAttention
  output : __torch__.transformers.models.bert.modeling_bert.BertSelfOutput
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertAttention,
    argument_1: Tensor,
    attention_mask: Tensor) -> Tensor:
    output = self.output
    self0 = self.self
    _30 = (self0).forward(argument_1, attention_mask, )
    return (output).forward(_30, argument_1, )
class BertSelfAttention(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  query : __torch__.torch.nn.modules.linear.Linear
  key : __torch__.torch.nn.modules.linear.___torch_mangle_2.Linear
  value : __torch__.torch.nn.modules.linear.___torch_mangle_3.Linear
  dropout : __torch__.torch.nn.modules.dropout.___torch_mangle_4.Dropout
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertSelfAttention,
    argument_1: Tensor,
    attention_mask: Tensor) -> Tensor:
    value = self.value
    key = self.key
    query = self.query
    _31 = ops.prim.NumToTensor(torch.size(argument_1, 0))
    _32 = int(_31)
    _33 = int(_31)
    _34 = int(_31)
    _35 = int(_31)
    _36 = ops.prim.NumToTensor(torch.size(argument_1, 1))
    _37 = int(_36)
    _38 = int(_36)
    _39 = int(_36)
    _40 = int(_36)
    _41 = torch.view((query).forward(argument_1, ), [_35, _40, -1, 4])
    query0 = torch.transpose(_41, 1, 2)
    _42 = torch.view((key).forward(argument_1, ), [_34, _39, -1, 4])
    key0 = torch.transpose(_42, 1, 2)
    _43 = torch.view((value).forward(argument_1, ), [_33, _38, -1, 4])
    value0 = torch.transpose(_43, 1, 2)
    attn_output = torch.scaled_dot_product_attention(query0, key0, value0, attention_mask, 0., False, scale=0.5)
    attn_output0 = torch.contiguous(torch.transpose(attn_output, 1, 2))
    _44 = torch.reshape(attn_output0, [_32, _37, -1])
    return torch.contiguous(_44)
class BertSelfOutput(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dense : __torch__.torch.nn.modules.linear.___torch_mangle_5.Linear
  LayerNorm : __torch__.torch.nn.modules.normalization.___torch_mangle_6.LayerNorm
  dropout : __torch__.torch.nn.modules.dropout.___torch_mangle_7.Dropout
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertSelfOutput,
    argument_1: Tensor,
    argument_2: Tensor) -> Tensor:
    LayerNorm = self.LayerNorm
    dropout = self.dropout
    dense = self.dense
    _45 = (dropout).forward((dense).forward(argument_1, ), )
    input = torch.add(_45, argument_2)
    return (LayerNorm).forward(input, )
class BertIntermediate(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dense : __torch__.torch.nn.modules.linear.___torch_mangle_8.Linear
  intermediate_act_fn : __torch__.transformers.activations.GELUActivation
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertIntermediate,
    argument_1: Tensor) -> Tensor:
    intermediate_act_fn = self.intermediate_act_fn
    dense = self.dense
    _46 = (intermediate_act_fn).forward((dense).forward(argument_1, ), )
    return _46
class BertOutput(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dense : __torch__.torch.nn.modules.linear.___torch_mangle_9.Linear
  LayerNorm : __torch__.torch.nn.modules.normalization.___torch_mangle_10.LayerNorm
  dropout : __torch__.torch.nn.modules.dropout.___torch_mangle_11.Dropout
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertOutput,
    argument_1: Tensor,
    argument_2: Tensor) -> Tensor:
    LayerNorm = self.LayerNorm
    dropout = self.dropout
    dense = self.dense
    _47 = (dropout).forward((dense).forward(argument_1, ), )
    input = torch.add(_47, argument_2)
    return (LayerNorm).forward(input, )
class BertOnlyMLMHead(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  predictions : __torch__.transformers.models.bert.modeling_bert.BertLMPredictionHead
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertOnlyMLMHead,
    weight: Tensor,
    argument_2: Tensor) -> Tensor:
    predictions = self.predictions
    _48 = (predictions).forward(weight, argument_2, )
    return _48
class BertLMPredictionHead(Module):
  __parameters__ = ["bias", ]
  __buffers__ = []
  bias : Tensor
  training : bool
  _is_full_backward_hook : Optional[bool]
  transform : __torch__.transformers.models.bert.modeling_bert.BertPredictionHeadTransform
  decoder : __torch__.torch.nn.modules.linear.___torch_mangle_15.Linear
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertLMPredictionHead,
    weight: Tensor,
    argument_2: Tensor) -> Tensor:
    bias = self.bias
    decoder = self.decoder
    transform = self.transform
    _49 = (decoder).forward(weight, bias, (transform).forward(argument_2, ), )
    return _49
class BertPredictionHeadTransform(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  dense : __torch__.torch.nn.modules.linear.___torch_mangle_12.Linear
  transform_act_fn : __torch__.transformers.activations.___torch_mangle_13.GELUActivation
  LayerNorm : __torch__.torch.nn.modules.normalization.___torch_mangle_14.LayerNorm
  def forward(self: __torch__.transformers.models.bert.modeling_bert.BertPredictionHeadTransform,
    argument_1: Tensor) -> Tensor:
    LayerNorm = self.LayerNorm
    transform_act_fn = self.transform_act_fn
    dense = self.dense
    _50 = (transform_act_fn).forward((dense).forward(argument_1, ), )
    return (LayerNorm).forward(_50, )
