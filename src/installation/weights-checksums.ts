/**
 * SHA-256 of the files of the packages that hold Whisper's weights, each in its only release,
 * 1.0.0. The encoder and decoder of base are those that Hugging Face lists for
 * Xenova/whisper-base.
 */

/** File below the model's folder → lower-case hex. */
export type Checksums = Readonly<Record<string, string>>;

/** The same in every multilingual model up to large-v2. */
const TOKENS: Checksums = {
  "added_tokens.json": "ce949fe720c14311cb6c446e69cfe340dc669d7b006077a6feed6ae571dd7e88",
  "vocab.json": "50d6a919f0a0601d56a04eb583c780d18553aa388254ba3158eb6a00f13e2c1a",
};

export const CHECKSUMS = {
  tiny: {
    ...TOKENS,
    "config.json": "2b2e4e519084e0ea028b19b153f95202735a971870d6844aa26e559edd292e94",
    "generation_config.json": "68ac791fcb4999461a313472125042934656240ba1cba7d1c2627fcbb19ac24c",
    "onnx/encoder_model_quantized.onnx":
      "fd9d995b9dcb0520f0dbf6cf68651af639fc385f594d9d876e69ca2802dc438e",
    "onnx/decoder_model_merged_quantized.onnx":
      "6c0c125986b007d2e3734bec84c18bda0152071b90b87fadac6d7764499927a0",
  },
  base: {
    ...TOKENS,
    "config.json": "d1d347fdb422e6347c2f843a90d375aa67ea3f4b3e20d2c3075f9a9f6243685b",
    "generation_config.json": "3bba359e33fdd6dc1c10f71846a477d339b0242f462f70ea1dd73274caa38d05",
    "onnx/encoder_model_quantized.onnx":
      "3e345e977b55620a37c0c2b2af0644e019afdfad562dcf71eb929bb7274285f9",
    "onnx/decoder_model_merged_quantized.onnx":
      "a6beb6baabb66f00b6a686d828c95ffca6146d51900cbad0266cad38f64cf861",
  },
  small: {
    ...TOKENS,
    "config.json": "5a6429d21d7a3379dd0861b74510f9f7076f32b563bffc9fcb072482d55ab3be",
    "generation_config.json": "0b7407a4e53a677f826e03c75d409e6f830663932bf43dda3b08c5efa2223279",
    "onnx/encoder_model_quantized.onnx":
      "969f5ac12974340386bf7a02ea6626003e5e2dee396ffc6ab0eec282bf55ba06",
    "onnx/decoder_model_merged_quantized.onnx":
      "fcfc6100dc7339e7507e10f8b274350be7c4f8d8b575f0293f94cc0e156d6d24",
  },
} as const satisfies Record<string, Checksums>;
