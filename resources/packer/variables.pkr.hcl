# buildAmi gives values to the variables it knows, where the template declares them: region, copy_to_regions and share_with as
# the step says, unless something gives them more than a default; family, ami_name, tags, manifest, source_ami (the newest AMI
# that source_ami_name means) and, when AWS_ENDPOINT_URL is set, endpoint only while they have no value or an empty one, as
# here. The others are yours.

variable "family" {
  type        = string
  description = "The image family, such as web; the scripts see it as FAMILY."
}

variable "region" {
  type        = string
  description = "Where the image is built."
}

variable "copy_to_regions" {
  type    = list(string)
  default = []
}

variable "share_with" {
  type        = list(string)
  default     = []
  description = "Account ids that may launch the image."
}

variable "source_ami" {
  type        = string
  default     = ""
  description = "The source AMI; empty for the newest one with source_ami_name."
}

variable "source_ami_name" {
  type    = string
  default = "al2023-ami-2023.*-x86_64"
}

variable "source_ami_owners" {
  type    = list(string)
  default = ["self", "amazon"]
}

variable "instance_type" {
  type    = string
  default = "t3.micro"
}

variable "ssh_username" {
  type    = string
  default = "ec2-user"
}

variable "ami_name" {
  type    = string
  default = ""
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "manifest" {
  type    = string
  default = ""
}

variable "endpoint" {
  type        = string
  default     = ""
  description = "Where EC2 is, when it is not at AWS: the simulator."
}
