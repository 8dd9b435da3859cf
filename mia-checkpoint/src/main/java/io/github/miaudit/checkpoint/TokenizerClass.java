package io.github.miaudit.checkpoint;

import io.github.miaudit.io.InvalidFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How Hugging Face transformers 5 make a tokenizer of its files. All but the first take of {@code tokenizer.json} no more than the
 * vocabulary and the added tokens, and make the rest anew, as the settings say.
 */
enum TokenizerClass {

    AS_STORED("", Model.ANY, "", "", "", "", "TokenizersBackend PythonBackend PreTrainedTokenizer BloomTokenizer",
            "modernbert nystromformer xlm-roberta-xl"),

    BERT("", Model.WORD_PIECE, "[UNK]", "[CLS]", "[SEP]", "[MASK]",
            "BertTokenizer DistilBertTokenizer ElectraTokenizer MobileBertTokenizer SqueezeBertTokenizer LayoutLMTokenizer LxmertTokenizer",
            "bert distilbert electra megatron-bert ernie nomic_bert mobilebert squeezebert layoutlm convbert nezha qdqbert realm"),

    MPNET("", Model.WORD_PIECE, "[UNK]", "<s>", "</s>", "<mask>", "MPNetTokenizer", "mpnet"),

    ROBERTA("", Model.BYTE_PAIRS, "<unk>", "<s>", "</s>", "<mask>",
            "RobertaTokenizer LongformerTokenizer LEDTokenizer BartTokenizer MvpTokenizer",
            "roberta longformer roberta-prelayernorm data2vec-text ibert mega mra lilt bart led"),

    DEBERTA("", Model.BYTE_PAIRS, "[UNK]", "[CLS]", "[SEP]", "[MASK]", "DebertaTokenizer", "deberta"),

    HERBERT("</w>", Model.BYTE_PAIRS, "<unk>", "<s>", "</s>", "<mask>", "HerbertTokenizer", "herbert"),

    XLM_ROBERTA("", Model.UNIGRAM, "<unk>", "<s>", "</s>", "<mask>", "XLMRobertaTokenizer", "xlm-roberta xmod"),

    CAMEMBERT("", Model.UNIGRAM, "<unk>", "<s>", "</s>", "<mask>", "CamembertTokenizer", "camembert"),

    ALBERT("", Model.UNIGRAM, "<unk>", "[CLS]", "[SEP]", "[MASK]", "AlbertTokenizer", "albert yoso"),

    REMBERT("", Model.UNIGRAM, "<unk>", "[CLS]", "[SEP]", "[MASK]", "RemBertTokenizer", "rembert"),

    DEBERTA_V2("", Model.UNIGRAM, "[UNK]", "[CLS]", "[SEP]", "[MASK]", "DebertaV2Tokenizer", "deberta-v2"),

    BIG_BIRD("", Model.UNIGRAM, "<unk>", "[CLS]", "[SEP]", "[MASK]", "BigBirdTokenizer", "big_bird");

    /** What cuts words into tokens, by its name in {@code tokenizer.json}, and the older files that it can be read from. */
    enum Model {

        ANY("", "tokenizer.json"), WORD_PIECE("WordPiece", "vocab.txt"), BYTE_PAIRS("BPE", "vocab.json and merges.txt"), UNIGRAM("Unigram",
                "tokenizer.json");

        private final String type;
        private final String files;

        Model(String type, String files) {
            this.type = type;
            this.files = files;
        }

        String type() {
            return type;
        }

        String files() {
            return files;
        }
    }

    /** Classes that transformers make by code of their own, or anew in a way that is not known here, without their "Tokenizer". */
    private static final Set<String> NOT_READ = words("""
            Barthez Bartpho Basic BertGeneration BertJapanese Bertweet BioGpt BlenderbotSmall Blenderbot ByT5 CLIP CTRL Canine CharacterBert
            Clvp CodeGen CodeLlama Cohere ConvBert CpmAnt Cpm DPRContextEncoder DPRQuestionEncoder DPRReader Dia Esm Esmc FNet FSMT
            FastSpeech2Conformer Flaubert Funnel GPT2 GPTNeoXJapanese GPTNeoX GPTSw3 Gemma Lasr LayoutLMv2 LayoutLMv3 LayoutXLM Llama Luke
            M2M100 MBart50 MBart MLuke Marian MarkupLM Mgpstr MyT5 Nllb Nougat OpenAIGPT PLBart Parakeet Pegasus Perceiver Phobert Pop2Piano
            ProphetNet Qwen2 Qwen3_5 Rag Reformer RoCBert RoFormer SeamlessM4T Siglip2 Siglip Speech2Text SpeechT5 Splinter T5 Tapas
            Tipsv2 Udop VideoPrism Vits Wav2Vec2CTC Wav2Vec2PhonemeCTC Whisper XGLM XLM XLNet""").stream().map(name -> name + "Tokenizer")
            .collect(Collectors.toUnmodifiableSet());

    /** Families whose usual class is one of those. */
    private static final Map<String, String> MODEL_TYPES_NOT_READ = Map.ofEntries(Map.entry("bert-japanese", "BertJapaneseTokenizer"),
            Map.entry("bertweet", "BertweetTokenizer"), Map.entry("phobert", "PhobertTokenizer"), Map.entry("roc_bert", "RoCBertTokenizer"),
            Map.entry("roformer", "RoFormerTokenizer"), Map.entry("xlm", "XLMTokenizer"), Map.entry("flaubert", "FlaubertTokenizer"),
            Map.entry("esm", "EsmTokenizer"), Map.entry("fnet", "FNetTokenizer"), Map.entry("funnel", "FunnelTokenizer"),
            Map.entry("luke", "LukeTokenizer"), Map.entry("canine", "CanineTokenizer"),
            Map.entry("perceiver", "PerceiverTokenizer"), Map.entry("reformer", "ReformerTokenizer"), Map.entry("tapas", "TapasTokenizer"));

    private static final Map<String, TokenizerClass> BY_NAME = new HashMap<>();
    private static final Map<String, TokenizerClass> BY_MODEL_TYPE = new HashMap<>();

    static {
        for (TokenizerClass each : values()) {
            words(each.names).forEach(name -> BY_NAME.put(name, each));
            words(each.modelTypes).forEach(type -> BY_MODEL_TYPE.put(type, each));
        }
    }

    private final String endOfWord;
    private final Model model;
    private final String unknown;
    private final String start;
    private final String end;
    private final String mask;
    private final String names;
    private final String modelTypes;

    TokenizerClass(String endOfWord, Model model, String unknown, String start, String end, String mask, String names, String modelTypes) {
        this.endOfWord = endOfWord;
        this.model = model;
        this.unknown = unknown;
        this.start = start;
        this.end = end;
        this.mask = mask;
        this.names = names;
        this.modelTypes = modelTypes;
    }

    /**
     * The class that a folder's settings name or, if they don't, that its family usually has; empty if nothing tells it.
     *
     * @throws InvalidFileException if its tokens can't be made here
     */
    static Optional<TokenizerClass> of(TokenizerSettings settings) {
        TokenizerClass usual = BY_MODEL_TYPE.get(settings.modelType());
        if (usual == AS_STORED) { // transformers don't believe what such folders name
            return Optional.of(AS_STORED);
        }
        Optional<String> name = settings.className().map(stated -> stated.replaceFirst("Fast$", ""))
                .or(() -> Optional.ofNullable(MODEL_TYPES_NOT_READ.get(settings.modelType())));
        if (name.filter(NOT_READ::contains).isPresent()) {
            throw new InvalidFileException(settings.classFile(), settings.classStated() + ": tokens of a " + name.get()
                    + " are made by code that is not read here; if a tokenizer.json beside it makes the same tokens, set"
                    + " \"tokenizer_class\": \"PreTrainedTokenizerFast\" in tokenizer_config.json; else the model can't be audited");
        }
        return name.map(stated -> BY_NAME.getOrDefault(stated, AS_STORED)).or(() -> Optional.ofNullable(usual))
                .or(() -> settings.networksName().map(BY_NAME::get));
    }

    Model model() {
        return model;
    }

    /** What the last token of a word ends in. */
    String endOfWord() {
        return endOfWord;
    }

    String unknown(TokenizerSettings settings) {
        return settings.token("unk_token", unknown);
    }

    String start(TokenizerSettings settings) {
        return settings.token(beginsWithText() ? "bos_token" : "cls_token", start);
    }

    String end(TokenizerSettings settings) {
        return settings.token(beginsWithText() ? "eos_token" : "sep_token", end);
    }

    /** The mask token's possible names, of which the first that is in the vocabulary counts. */
    List<String> masks(TokenizerSettings settings) {
        if (settings.has("mask_token")) {
            return List.of(settings.token("mask_token", ""));
        }
        return mask.equals("[MASK]") ? List.of("[MASK]", "<mask>") : List.of("<mask>", "[MASK]");
    }

    /** Whether a sentence is framed by the tokens that begin and end a text, not by those for its class and its end. */
    private boolean beginsWithText() {
        return this == XLM_ROBERTA || this == CAMEMBERT;
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).filter(word -> !word.isEmpty()).collect(Collectors.toUnmodifiableSet());
    }
}
