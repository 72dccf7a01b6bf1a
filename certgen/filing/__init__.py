"""The filing pack (报备材料包): what an agency hands to its filing authority about the certificates it will print."""
